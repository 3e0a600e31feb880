import type { Code, Column, Relation } from '../columns.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { cast, equal, extend, integer, literal, NULL, when } from '../sql/build.ts'
import type { Build } from './transform.ts'

type Known = boolean | number | string

const SQL_TYPES = { number: 'double', date: 'double', boolean: 'boolean', string: 'varchar', json: 'varchar' } as const

/** Choices among more constants are rare. */
const MOST = 250

/** The constants that an expression chooses from; undefined where it computes any of them, or may be NULL. */
export const choices = (sql: SqlExpr): readonly Known[] | undefined => {
  if (sql.kind !== 'case' || sql.otherwise === undefined) return undefined
  const found = [...sql.branches.map(({ then }) => then), sql.otherwise].flatMap((chosen) =>
    chosen.kind === 'literal' && chosen.value !== null && !Object.is(chosen.value, -0) ? [chosen.value] : [],
  )
  return found.length === sql.branches.length + 1 && found.length <= MOST ? found : undefined
}

/** A relation in whose column `sql` is written, with the number of what is chosen where it is a choice among constants. */
export const withChoice = (input: Relation, column: Column, sql: SqlExpr, build: Build): Relation => {
  const found = choices(sql)
  if (found === undefined || sql.kind !== 'case') return input
  const values = [...new Set(found)]
  const numbered = (index: number): SqlExpr => integer(values.indexOf(found[index] ?? ''))
  const number = when(
    sql.branches.map((branch, index) => [branch.when, numbered(index)] as const),
    numbered(found.length - 1),
  )
  const value = (key: SqlExpr): SqlExpr =>
    cast(
      when(
        values.map((one, index) => [equal(key, integer(index)), literal(one)] as const),
        NULL,
      ),
      SQL_TYPES[column.type],
    )
  const code: Code = { id: build.fresh(), columns: [column.id], telling: 1, values: [value] }
  return {
    ...input,
    query: extend(input.query, [{ id: code.id, expr: cast(number, 'utinyint') }]),
    codes: [...(input.codes ?? []), code],
  }
}
