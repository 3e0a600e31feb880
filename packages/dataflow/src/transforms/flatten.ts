import type { Column, ColumnType, Relation } from '../columns.ts'
import { isReason, reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  call,
  cast,
  coalesce,
  column as columnExpr,
  equal,
  extend,
  integer,
  isNotNull,
  lambda,
  literal,
  multiply,
  NULL,
  or,
  select,
  when,
} from '../sql/build.ts'
import { fieldRefs, type FieldRef } from './field.ts'
import { namesParameter, stringParameter, type Definition } from './parameter.ts'
import { putColumn } from './put-column.ts'
import { SQL_TYPES } from './sql-types.ts'
import type { Build, Compiled, TransformDef } from './transform.ts'

/** https://vega.github.io/vega/docs/transforms/flatten/ A row for each item of the arrays in the fields. */
export const flatten: TransformDef = {
  type: 'flatten',
  sql(definition, input, build) {
    const refs = fieldRefs(definition['fields'], input, build)
    if (isReason(refs)) return refs
    const fields = (refs ?? []).filter((ref) => ref !== null)
    if (fields.length === 0 || fields.length !== refs?.length) return reason('there are no fields to flatten', 'fields')
    const other = fields.find(({ column }) => column.type !== 'json')
    if (other !== undefined) return reason('the field does not hold arrays', other.name)
    const order = build.fresh()
    const asked = fields.flatMap(({ column }, index) => {
      const value = columnExpr(column.id)
      const isArray = equal(coalesce(call('json_type', value), literal('')), literal('ARRAY'))
      const kinds = call(
        'array_to_string',
        call(
          'list_sort',
          call(
            'list_distinct',
            call('list_transform', items(value), lambda(['x0'], call('json_type', columnExpr('x0')))),
          ),
        ),
        literal(' '),
      )
      return [
        answer(`arrays${index}`, 'boolean', { kind: 'aggregate', name: 'bool_and', args: [isArray] }, build),
        answer(
          `kinds${index}`,
          'string',
          { kind: 'aggregate', name: 'string_agg', args: [kinds, literal(' ')], distinct: true },
          build,
        ),
        answer(
          `most${index}`,
          'number',
          cast({ kind: 'aggregate', name: 'max', args: [call('len', items(value))] }, 'double'),
          build,
        ),
      ]
    })
    return {
      ask: {
        columns: asked.map(({ column }) => column),
        order,
        query: select({
          from: input.query,
          columns: [...asked.map(({ column, sql }) => ({ id: column.id, expr: sql })), { id: order, expr: integer(0) }],
        }),
      },
      answered: ([row]) => flattened(definition, fields, row ?? {}, input, build),
    }
  },
}

/** The items of an array; none of what is none. */
const items = (value: SqlExpr): SqlExpr =>
  when([[equal(call('json_type', value), literal('ARRAY')), call('json_extract', value, literal('$[*]'))]], NULL)

const answer = (name: string, type: ColumnType, sql: SqlExpr, build: Build): { column: Column; sql: SqlExpr } => ({
  column: { name, id: build.fresh(), type, nulls: true },
  sql,
})

const flattened = (
  definition: Definition,
  fields: readonly FieldRef[],
  found: Readonly<Record<string, Scalar>>,
  input: Relation,
  build: Build,
): Compiled => {
  const as = namesParameter(definition, 'as', build)
  if (isReason(as)) return as
  const index = stringParameter(definition, 'index', build)
  if (isReason(index)) return index
  const odd = fields.find((_field, at) => found[`arrays${at}`] === false)
  if (odd !== undefined) return reason('not every row has an array', odd.name)
  const most = Math.max(1, ...fields.map((_field, at) => Number(found[`most${at}`] ?? 0)))
  const [place, order] = [build.fresh(), build.fresh()]
  const lists = fields.map(() => build.fresh())
  const listed = extend(
    input.query,
    fields.map(({ column }, at) => ({ id: lists[at] ?? '', expr: items(columnExpr(column.id)) })),
  )
  const lengths = lists.map((list) => call('len', columnExpr(list)))
  const longest = lengths.length > 1 ? call('greatest', ...lengths) : (lengths[0] ?? integer(0))
  const placed = extend(listed, [{ id: place, expr: call('unnest', call('range', longest)) }])
  const written = fields.map(({ name }, at) => {
    const type = typeOf(String(found[`kinds${at}`] ?? ''))
    const column: Column = { name: as?.[at] || name, id: build.fresh(), type, nulls: true, ...FACTS[type] }
    return {
      column,
      sql: valueOf(call('list_extract', columnExpr(lists[at] ?? ''), add(columnExpr(place), integer(1))), type),
    }
  })
  const counter: Column = {
    name: index ?? '',
    id: build.fresh(),
    type: 'number',
    nulls: false,
    nans: false,
    whole: most,
  }
  const outputs = index ? [...written, { column: counter, sql: cast(columnExpr(place), 'double') }] : written
  const query = extend(placed, [
    ...outputs.map(({ column, sql }) => ({ id: column.id, expr: sql })),
    { id: order, expr: add(multiply(cast(columnExpr(input.order), 'bigint'), integer(most)), columnExpr(place)) },
  ])
  const { ids: _ids, rows, stored = {}, ...rest } = input
  // Rows of empty arrays go.
  const bounds = Object.entries(stored).map(([id, facts]) => [id, { ...facts, reached: false }] as const)
  return {
    relation: {
      ...rest,
      stored: Object.fromEntries(bounds),
      ...(rows === undefined ? {} : { rows: rows * most }),
      columns: outputs.map(({ column }) => column).reduce<readonly Column[]>(putColumn, input.columns),
      query,
      order,
    },
  }
}

/** The type of items of these kinds, which are those of the engine; null is of any type. */
const typeOf = (kinds: string): 'boolean' | 'json' | 'number' | 'string' => {
  const types = new Set(
    kinds.split(' ').flatMap((kind) => KINDS[kind] ?? (kind === 'NULL' || kind === '' ? [] : ['json' as const])),
  )
  const [type] = types
  return types.size === 1 && type !== undefined ? type : 'json'
}

const KINDS: Readonly<Record<string, 'boolean' | 'number' | 'string'>> = {
  BIGINT: 'number',
  UBIGINT: 'number',
  DOUBLE: 'number',
  HUGEINT: 'number',
  VARCHAR: 'string',
  BOOLEAN: 'boolean',
}

const FACTS = { number: { nans: false }, string: {}, boolean: { nans: false }, json: {} } as const

const valueOf = (item: SqlExpr, type: keyof typeof FACTS): SqlExpr => {
  if (type === 'string') return call('json_extract_string', item, literal('$'))
  if (type !== 'json') return cast(item, SQL_TYPES[type])
  const text = cast(item, 'varchar')
  const none = or(equal(text, literal('null')), equal(text, literal('{"$magpie":"undefined"}')))
  return when([[and(isNotNull(item), none), NULL]], text)
}
