import { written, type Column, type Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { column as columnExpr, extend, isNotNull, literal, notEqual, select, TRUE, when } from '../sql/build.ts'
import { fieldRef, fieldRefs, type FieldRef } from './field.ts'
import { keyMatch } from './key-match.ts'
import { objectText } from './object-text.ts'
import { namesParameter, parameter, type Definition } from './parameter.ts'
import { withColumns, type Computed } from './put-column.ts'
import type { Build, TransformDef } from './transform.ts'
import { widened } from './widen.ts'

/** https://vega.github.io/vega/docs/transforms/lookup/ Writes values of the row of another data set that has the same key. */
export const lookup: TransformDef = {
  type: 'lookup',
  sql(definition, input, build) {
    const from = definition['from']
    const other = typeof from === 'string' && Object.hasOwn(build.relations, from) ? build.relations[from] : undefined
    if (other === undefined) return reason('the other data set is not at hand', 'from')
    const key = fieldRef(definition['key'], other, build)
    if (isReason(key)) return key
    const refs = fieldRefs(definition['fields'], input, build)
    if (isReason(refs)) return refs
    const fields = (refs ?? []).filter((ref) => ref !== null)
    if (fields.length === 0 || fields.length !== refs?.length) return reason('there are no keys to look up', 'fields')
    const otherwise = parameter(definition['default'], build)
    if (isReason(otherwise)) return otherwise
    const taken = takenOf(definition, other, build)
    if (isReason(taken)) return taken
    const as = outputNames(definition, fields, taken, build)
    if (isReason(as)) return as
    if (fields.length > 1 && fields.some(({ column }) => as.includes(column.name)))
      return reason('a key is overwritten before it is read', 'as')

    let relation = input
    for (const [index, { column }] of fields.entries()) {
      const found = joinLast(relation, column, { other, key: key.column, taken }, build)
      if (isReason(found)) return found
      const written = found.values.map((value, at) =>
        orDefault(value, found.test, otherwise ?? null, as[index * taken.length + at] ?? '', build),
      )
      const failed = written.find(isReason)
      if (failed !== undefined) return failed
      relation = withColumns(found.relation, written as readonly Computed[])
    }
    return { relation }
  },
}

/** A value of the other data set: of a field, or its whole row. */
type Taken = FieldRef | 'row'

const takenOf = (definition: Definition, other: Relation, build: Build): readonly Taken[] | Reason => {
  const values = fieldRefs(definition['values'], other, build)
  if (values === undefined || isReason(values)) return values ?? ['row']
  const known = values.filter((value) => value !== null)
  return known.length === values.length ? known : reason('a value to look up is null', 'values')
}

/** A name for each key and value. Where Vega fails, it is left to Vega. */
const outputNames = (
  definition: Definition,
  fields: readonly FieldRef[],
  taken: readonly Taken[],
  build: Build,
): readonly string[] | Reason => {
  const as = namesParameter(definition, 'as', build)
  if (isReason(as)) return as
  const names = as ?? (fields.length > 1 ? [] : taken.flatMap((value) => (value === 'row' ? [] : [value.name])))
  return names.length === fields.length * taken.length && names.every((name) => typeof name === 'string')
    ? names
    : reason('there is not an output name for each value', 'as')
}

interface Found {
  /** The input with hidden columns of the row that was found. */
  readonly relation: Relation
  /** Was there one? */
  readonly test: SqlExpr
  readonly values: readonly Column[]
}

interface Table {
  readonly other: Relation
  readonly key: Column
  readonly taken: readonly Taken[]
}

/** Joins the last row that has the key. */
const joinLast = (input: Relation, field: Column, { other, key, taken }: Table, build: Build): Found | Reason => {
  const match = keyMatch(field, key)
  if (isReason(match)) return match
  const [keyId, flag] = [build.fresh(), build.fresh()]
  const sources = taken.map((value): { readonly column: Column; readonly sql: SqlExpr } | Reason => {
    const id = build.fresh()
    if (value !== 'row') return { column: { ...written(value.column), id }, sql: columnExpr(value.column.id) }
    const sql = objectText(other.columns)
    return isReason(sql) ? sql : { column: { name: '', id, type: 'json', nulls: false }, sql }
  })
  const failed = sources.find(isReason)
  if (failed !== undefined) return failed
  const values = sources as readonly { readonly column: Column; readonly sql: SqlExpr }[]
  const last = select({
    from: other.query,
    columns: [
      { id: keyId, expr: match.right },
      { id: flag, expr: TRUE },
      ...values.map(({ column, sql }) => ({
        id: column.id,
        expr: {
          kind: 'aggregate' as const,
          name: column.nulls ? 'arg_max_null' : 'arg_max',
          args: [sql, columnExpr(other.order)],
        },
      })),
    ],
    // Vega keeps the rows in an object, which loses what is set there
    ...(key.type === 'string' ? { where: notEqual(match.right, literal('__proto__')) } : {}),
    groupBy: [match.right],
  })
  const query = extend(
    { kind: 'join', type: 'left', left: input.query, right: last, on: match.on(match.left, columnExpr(keyId)) },
    [],
  )
  return {
    relation: { ...input, query },
    test: isNotNull(columnExpr(flag)),
    values: values.map(({ column }) => column),
  }
}

/** The value, or the default where no row was found. */
const orDefault = (
  { name: _name, id, absent, missing: _missing, ...facts }: Column,
  test: SqlExpr,
  otherwise: Scalar,
  as: string,
  build: Build,
): Computed | Reason => {
  const value = columnExpr(id)
  const own = { name: as, id: build.fresh() }
  if (otherwise === null) {
    return facts.nulls && absent === true
      ? reason('null and missing values would mix', as)
      : { column: { ...facts, ...own, nulls: true }, sql: value }
  }
  if (typeof otherwise !== facts.type) return reason('the default is not of the type of the values', 'default')
  const known = otherwise as number | string | boolean
  return {
    column: widened({ ...facts, ...own, ...(absent === true ? { absent } : {}) }, known),
    sql: when([[test, value]], literal(known)),
  }
}
