import type { Column, Relation } from '../columns.ts'
import { isReason, reason } from '../reason.ts'
import type { Over, SqlExpr } from '../sql/ast.ts'
import {
  add,
  call,
  cast,
  coalesce,
  column as columnExpr,
  divide,
  equal,
  integer,
  isNan,
  less,
  literal,
  multiply,
  not,
  NULL,
  subtract,
  when,
} from '../sql/build.ts'
import { fieldRef, groupRefs } from './field.ts'
import { outputPair } from './output-pair.ts'
import { parameter } from './parameter.ts'
import { withColumns, type Computed } from './put-column.ts'
import { addsInAnyOrder, hasFewRows } from './row-order.ts'
import { sortKeys, stableOrder } from './sort.ts'
import { numbered } from './text-number.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/stack/ Running sums of a group's rows, in the order of `sort`. */
export const stack: TransformDef = {
  type: 'stack',
  sql(definition, input, build) {
    const field =
      definition['field'] === undefined || definition['field'] === null
        ? undefined
        : fieldRef(definition['field'], input, build)
    if (isReason(field)) return field
    const groupby = groupRefs(definition['groupby'], input, build)
    if (isReason(groupby)) return groupby
    const keys = sortKeys(definition['sort'], input, build)
    if (isReason(keys)) return keys
    const offset = parameter(definition['offset'], build)
    if (isReason(offset)) return offset
    const as = outputPair(definition, ['y0', 'y1'], build)
    if (isReason(as)) return as
    const opaque = [field, ...groupby].find((ref) => ref?.column.type === 'json')
    if (opaque !== undefined) return reason('objects are not stacked in SQL', opaque.name)

    if ((offset === 'center' || offset === 'normalize') && field?.column.name === as[0]) {
      return reason('the field is overwritten while it is read', as[0])
    }

    if (field !== undefined && hasFewRows(input) && !addsInAnyOrder(field.column, input))
      return reason('rows are few, and Vega adds them one by one', field.name)

    const partitionBy = groupby.map(({ column }) => stackKey(column))
    const over: Over = {
      partitionBy,
      orderBy: stableOrder(keys, input),
      frame: { unit: 'rows', start: 'unbounded', end: -1 },
    }
    const result = (index: 0 | 1): Column => ({
      name: as[index],
      id: build.fresh(),
      type: 'number',
      nulls: false,
      nans: true,
    })
    const layout = {
      over,
      value: build.fresh(),
      lower: result(0),
      upper: result(1),
      fresh: () => build.fresh(),
    }
    const number = field && numbered(input, field.column, 0, build)
    const valued = extendHidden(
      number?.input ?? input,
      layout.value,
      number === undefined ? literal(1) : numberOf(number.column),
    )
    return { relation: OFFSETS[offset === 'center' || offset === 'normalize' ? offset : 'zero'](valued, layout) }
  },
}

interface Layout {
  readonly over: Over
  /** Identifier of the stacked value: a DOUBLE without NULL. */
  readonly value: string
  readonly lower: Column
  readonly upper: Column
  fresh(): string
}

/** A column for the query alone. */
const extendHidden = (input: Relation, id: string, sql: SqlExpr): Relation => ({
  ...input,
  query: withColumns(input, [{ column: { name: '', id, type: 'number', nulls: false }, sql }]).query,
})

/** `+value`: null is 0 and a missing property NaN. */
const numberOf = (column: Column): SqlExpr => {
  const value = column.type === 'boolean' ? cast(columnExpr(column.id), 'double') : columnExpr(column.id)
  return column.nulls ? coalesce(value, literal(column.absent === true ? Number.NaN : 0)) : value
}

/** Vega groups by JSON text, in which NaN, the infinities and invalid Dates are null. */
const stackKey = (column: Column): SqlExpr => {
  const value = columnExpr(column.id)
  return column.type === 'number' || column.type === 'date' ? when([[call('isfinite', value), value]], NULL) : value
}

const before = (over: Over, value: SqlExpr, filter?: SqlExpr): SqlExpr =>
  coalesce(
    { kind: 'aggregate', name: 'sum', args: [value], over, ...(filter === undefined ? {} : { filter }) },
    literal(0),
  )

const results = (input: Relation, lower: Computed, upper: Computed): Relation =>
  withColumns(withColumns(input, [lower]), [upper])

const OFFSETS: Readonly<Record<'zero' | 'center' | 'normalize', (input: Relation, layout: Layout) => Relation>> = {
  zero(input, { over, value: id, lower, upper }) {
    const value = columnExpr(id)
    const negative = less(value, literal(0))
    const sql = when([[negative, before(over, value, negative)]], before(over, value, not(negative)))
    return results(input, { column: lower, sql }, { column: upper, sql: add(columnExpr(lower.id), value) })
  },
  center(input, { over, value, lower, upper, fresh }) {
    const size = call('abs', columnExpr(value))
    const [sumId, mostId] = [fresh(), fresh()]
    const [sum, most] = [columnExpr(sumId), columnExpr(mostId)]
    const summed = extendHidden(input, sumId, total(over, size))
    const known = not(isNan(sum))
    const greatest: SqlExpr = {
      kind: 'aggregate',
      name: 'max',
      args: [sum],
      filter: known,
      over: { partitionBy: [], orderBy: [] },
    }
    const bounded = extendHidden(summed, mostId, coalesce(greatest, literal(0)))
    const sql = add(divide(subtract(most, sum), literal(2)), before(over, size))
    return results(bounded, { column: lower, sql }, { column: upper, sql: add(columnExpr(lower.id), size) })
  },
  normalize(input, { over, value, lower, upper, fresh }) {
    const size = call('abs', columnExpr(value))
    const [sumId, startId, rowsId] = [fresh(), fresh(), fresh()]
    const [sum, start, rows] = [columnExpr(sumId), columnExpr(startId), columnExpr(rowsId)]
    const summed = extendHidden(
      extendHidden(extendHidden(input, sumId, total(over, size)), startId, before(over, size)),
      rowsId,
      { kind: 'aggregate', name: 'count', args: [], over },
    )
    const scale = divide(literal(1), sum)
    // The first row starts at 0 even where the scale is infinite.
    const sql = when([[equal(rows, integer(0)), literal(0)]], multiply(scale, start))
    return results(summed, { column: lower, sql }, { column: upper, sql: multiply(scale, add(start, size)) })
  },
}

const total = ({ partitionBy }: Over, value: SqlExpr): SqlExpr => ({
  kind: 'aggregate',
  name: 'sum',
  args: [value],
  over: { partitionBy, orderBy: [] },
})
