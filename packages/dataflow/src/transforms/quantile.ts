import type { Column } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import {
  add,
  and,
  call,
  cast,
  coalesce,
  column as columnExpr,
  extend,
  greater,
  integer,
  isNan,
  literal,
  multiply,
  not,
  select,
  TRUE,
} from '../sql/build.ts'
import { fieldRef, groupRefs } from './field.ts'
import { groupKey, LIST } from './group-key.ts'
import { quantileOf } from './quantile-of.ts'
import { outputPair } from './output-pair.ts'
import { numberParameter, numbersParameter, type Definition } from './parameter.ts'
import { putColumn } from './put-column.ts'
import { numbered } from './text-number.ts'
import type { Build, TransformDef } from './transform.ts'
import { validTest } from './valid.ts'

/** https://vega.github.io/vega/docs/transforms/quantile/ One new tuple per group and probability. */
export const quantile: TransformDef = {
  type: 'quantile',
  sql(definition, input, build) {
    const field = fieldRef(definition['field'], input, build)
    if (isReason(field)) return field
    if (field.column.type === 'json') return reason('objects have no quantiles in SQL', field.name)
    const groupby = groupRefs(definition['groupby'], input, build)
    if (isReason(groupby)) return groupby
    const keys = groupKey(groupby, input, build, undefined, LIST)
    if (isReason(keys)) return keys
    const probabilities = probabilitiesOf(definition, build)
    if (isReason(probabilities)) return probabilities
    const as = outputPair(definition, ['prob', 'value'], build)
    if (isReason(as)) return as

    const [list, first, index, order] = [build.fresh(), build.fresh(), build.fresh(), build.fresh()]
    const { column: source, input: read } = numbered(input, field.column, null, build)
    const value = columnExpr(source.id)
    const numbers = source.type === 'boolean' ? cast(value, 'double') : value
    const valid = and(validTest(source), source.type === 'date' ? not(isNan(value)) : TRUE)
    const dims = keys.outputs
    // Without `groupby` Vega has one group even of no rows.
    const grouping =
      dims.length > 0
        ? { groupBy: keys.keys }
        : definition['groupby'] === undefined || definition['groupby'] === null
          ? {}
          : { having: greater(call('count', columnExpr(input.order)), integer(0)) }
    const groups = select({
      from: read.query,
      columns: [
        ...dims.map(({ column, sql }) => ({ id: column.id, expr: sql })),
        {
          id: list,
          expr: call('list_sort', { kind: 'aggregate', name: 'list', args: [numbers], filter: valid }),
        },
        {
          id: first,
          expr: coalesce({ kind: 'aggregate', name: 'min', args: [columnExpr(input.order)] }, integer(0)),
        },
      ],
      ...grouping,
    })
    const probability: Column = { name: as[0], id: build.fresh(), type: 'number', nulls: false, nans: false }
    const quantiles: Column = {
      name: as[1],
      id: build.fresh(),
      type: 'number',
      nulls: true,
      absent: true,
      nans: true,
    }
    const rows = probabilities.map((p, at) => [integer(at), literal(p)])
    const lists = { kind: 'values', ids: [index, probability.id], rows } as const
    const query = extend({ kind: 'join', type: 'cross', left: groups, right: lists }, [
      { id: quantiles.id, expr: quantileOf(columnExpr(list), columnExpr(probability.id)) },
      {
        id: order,
        expr: add(multiply(cast(columnExpr(first), 'bigint'), integer(probabilities.length)), columnExpr(index)),
      },
    ])
    const columns = [...dims.map(({ column }) => column), probability, quantiles].reduce<readonly Column[]>(
      putColumn,
      [],
    )
    const bound = input.rows === undefined ? {} : { rows: input.rows * probabilities.length }
    return { relation: { ...bound, columns, query, order } }
  },
}

/** The greatest number of probabilities that are written into a statement. */
const MOST = 1000

const probabilitiesOf = (definition: Definition, build: Build): readonly number[] | Reason => {
  const given = numbersParameter(definition, 'probs', build)
  if (isReason(given)) return given
  const step = numberParameter(definition, 'step', build)
  if (isReason(step)) return step
  const by = step || 0.01
  const count = Math.max(0, Math.ceil((1 - 1e-14 - by / 2) / by))
  const probabilities = given ?? (count <= MOST ? Array.from({ length: count }, (_p, i) => by / 2 + i * by) : [])
  return probabilities.length === 0 || probabilities.length > MOST || probabilities.some(Number.isNaN)
    ? reason('the probabilities are none, or too many for a statement', 'probs')
    : probabilities
}
