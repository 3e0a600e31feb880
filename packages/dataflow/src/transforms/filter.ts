import type { Relation, Stored } from '../columns.ts'
import { compileFilter } from '../expr/compile.ts'
import { isReason, reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { FALSE, TRUE, and, or, where } from '../sql/build.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/filter/ Keeps the rows for which the expression is truthy. */
export const filter: TransformDef = {
  type: 'filter',
  sql({ expr }, input, build) {
    if (typeof expr !== 'string') return reason('the expression is not a string', 'expr')
    const { columns, members, stored } = input
    const compiled = compileFilter(expr, { ...build, columns, members, stored })
    if (isReason(compiled)) return compiled
    const { test, known } = compiled
    // Rows without a finite value do not reach the bounds anyway.
    const reaching = test === TRUE ? undefined : finiteTest(test)
    const keepsBounds = ({ integer }: Stored): boolean =>
      test === TRUE || (reaching !== undefined && integer?.id === reaching)
    const bounds = Object.entries(known.stored ?? {}).map(([id, facts]): [string, Stored] => [
      id,
      keepsBounds(facts) ? facts : { ...facts, reached: false },
    ])
    const relation: Relation = {
      ...input,
      columns: known.columns,
      query: test === TRUE ? input.query : where(input.query, loosened(test)),
      ...(known.stored === undefined ? {} : { stored: Object.fromEntries(bounds) }),
    }
    return { relation }
  },
}

/** The integer column of which a test asks that it holds a value, and nothing else. */
const finiteTest = (test: SqlExpr): string | undefined =>
  test.kind === 'unary' && test.op === 'is not null' && test.operand.kind === 'column' ? test.operand.id : undefined

/** A test that may be NULL where it is false: SQL leaves out rows of either. */
const loosened = (test: SqlExpr): SqlExpr => {
  if (test.kind === 'call' && test.name === 'coalesce' && test.args[0] !== undefined && test.args[1] === FALSE)
    return loosened(test.args[0])
  if (test.kind !== 'binary' || (test.op !== 'and' && test.op !== 'or')) return test
  return (test.op === 'and' ? and : or)(loosened(test.left), loosened(test.right))
}
