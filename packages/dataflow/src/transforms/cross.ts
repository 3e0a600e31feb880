import type { Column, Member, Relation } from '../columns.ts'
import { compilePredicate } from '../expr/compile.ts'
import { isReason, reason } from '../reason.ts'
import type { Projection } from '../sql/ast.ts'
import { add, column as columnExpr, extend, multiply, select, table, where } from '../sql/build.ts'
import { objectText } from './object-text.ts'
import { outputPair } from './output-pair.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/cross/ Every pair of rows, as a row of two objects, in the order of both. */
export const cross: TransformDef = {
  type: 'cross',
  sql(definition, input, build) {
    const as = outputPair(definition, ['a', 'b'], build)
    if (isReason(as)) return as
    if (as[0] === as[1]) return reason('both rows have one name', as[0])
    const { filter } = definition
    if (filter !== undefined && filter !== null && typeof filter !== 'string')
      return reason('the filter is not an expression', 'filter')
    const [rows, place, count] = [build.fresh(), build.fresh(), build.fresh()]
    const everything = { partitionBy: [], orderBy: [] }
    const numbered = extend(input.query, [
      {
        id: place,
        expr: {
          kind: 'aggregate',
          name: 'row_number',
          args: [],
          over: { ...everything, orderBy: [{ expr: columnExpr(input.order), direction: 'asc' }] },
        },
      },
      { id: count, expr: { kind: 'aggregate', name: 'count', args: [], over: everything } },
    ])
    const sides = as.map((name) => {
      const copies = input.columns.map((source) => ({ source, copy: { ...source, id: build.fresh() } }))
      const column: Column = { name, id: build.fresh(), type: 'json', nulls: false }
      return { copies, column, place: build.fresh() }
    })
    const [left, right] = sides.map((side) =>
      select({
        from: table(rows),
        columns: [
          ...side.copies.map(({ source, copy }): Projection => ({ id: copy.id, expr: columnExpr(source.id) })),
          { id: side.place, expr: columnExpr(place) },
          ...(side === sides[0] ? [{ id: count, expr: columnExpr(count) }] : []),
        ],
      }),
    )
    const texts = sides.map(({ copies }) => objectText(copies.map(({ copy }) => copy)))
    const [first, second] = sides
    const failed = texts.find(isReason)
    if (failed !== undefined) return failed
    if (left === undefined || right === undefined || first === undefined || second === undefined)
      return reason('there are not two sides')
    const order = build.fresh()
    const pairs = extend({ kind: 'join', type: 'cross', left, right }, [
      ...sides.flatMap(({ column }, index) => {
        const text = texts[index]
        return text === undefined || isReason(text) ? [] : [{ id: column.id, expr: text }]
      }),
      {
        id: order,
        expr: add(multiply(columnExpr(first.place), columnExpr(count)), columnExpr(second.place)),
      },
    ])
    const columns = sides.map(({ column }) => column)
    const members = sides.flatMap(({ copies, column }) =>
      copies.map(({ copy }): Member => ({ of: column.id, column: copy })),
    )
    const test = filter ? compilePredicate(filter, { ...build, columns, members }) : undefined
    if (isReason(test)) return test
    const relation: Relation = {
      columns,
      members,
      order,
      ...(input.rows === undefined ? {} : { rows: input.rows ** 2 }),
      query: {
        kind: 'with',
        name: rows,
        query: numbered,
        body: test === undefined ? select({ from: pairs, star: true, columns: [] }) : where(pairs, test),
      },
    }
    return { relation }
  },
}
