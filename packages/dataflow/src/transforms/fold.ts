import { isPlainText, type Column } from '../columns.ts'
import { commonAlphabet } from '../expr/alphabet.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { add, cast, column as columnExpr, equal, extend, integer, literal, multiply, NULL, when } from '../sql/build.ts'
import { fieldRefs, type FieldRef } from './field.ts'
import { outputPair } from './output-pair.ts'
import { putColumn } from './put-column.ts'
import { magnitude } from './row-order.ts'
import type { TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/fold/ One new tuple per row and field, row by row. */
export const fold: TransformDef = {
  type: 'fold',
  sql(definition, input, build) {
    const refs = fieldRefs(definition['fields'], input, build)
    if (isReason(refs)) return refs
    const fields = (refs ?? []).filter((ref) => ref !== null)
    if (fields.length === 0 || fields.length !== refs?.length) return reason('there are no fields to fold', 'fields')
    const as = outputPair(definition, ['key', 'value'], build)
    if (isReason(as)) return as
    const facts = commonFacts(fields.map(({ column }) => column))
    if (isReason(facts)) return facts

    const index = build.fresh()
    const order = build.fresh()
    const names = fields.map(({ name }) => name)
    const plain = names.every(isPlainText)
    const key: Column = { name: as[0], id: build.fresh(), type: 'string', nulls: false, plain }
    const value: Column = { ...facts, name: as[1], id: build.fresh() }
    const pick = (item: (field: FieldRef) => SqlExpr): SqlExpr =>
      when(
        fields.map((field, at) => [equal(columnExpr(index), integer(at)), item(field)] as const),
        NULL,
      )
    const indexes = fields.map((_field, at) => [integer(at)])
    const query = extend(
      { kind: 'join', type: 'cross', left: input.query, right: { kind: 'values', ids: [index], rows: indexes } },
      [
        { id: key.id, expr: pick(({ name }) => literal(name)) },
        { id: value.id, expr: pick(({ column }) => columnExpr(column.id)) },
        {
          id: order,
          expr: add(multiply(cast(columnExpr(input.order), 'bigint'), integer(fields.length)), columnExpr(index)),
        },
      ],
    )
    const columns = [key, value].reduce<readonly Column[]>(putColumn, input.columns)
    const rows = input.rows === undefined ? {} : { rows: input.rows * fields.length }
    return { relation: { ...rows, columns, query, order } }
  },
}

/** What one column says of the values of all of them. */
const commonFacts = (columns: readonly Column[]): Omit<Column, 'name' | 'id'> | Reason => {
  const [first] = columns
  if (first === undefined || columns.some(({ type }) => type !== first.type)) {
    return reason('the fields hold values of different types', 'fields')
  }
  const nullable = columns.filter(({ nulls }) => nulls)
  const absent = nullable.some((column) => column.absent === true)
  if (absent && nullable.some((column) => column.absent !== true)) {
    return reason('some of the fields may be null and some missing', 'fields')
  }
  const alphabet = commonAlphabet(columns.map((column) => column.alphabet))
  const whole = Math.max(...columns.map(magnitude))
  return {
    ...(Number.isFinite(whole) ? { whole } : {}),
    type: first.type,
    nulls: nullable.length > 0,
    ...(absent ? { absent } : {}),
    nans: columns.some(({ nans }) => nans !== false),
    ...(alphabet === undefined ? {} : { alphabet }),
    plain: columns.every(({ plain }) => plain === true),
  }
}
