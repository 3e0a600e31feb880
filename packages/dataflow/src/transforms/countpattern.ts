import type { Column, Relation } from '../columns.ts'
import { toRe2 } from '../expr/regexp.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { Query, SqlExpr } from '../sql/ast.ts'
import {
  add,
  call,
  cast,
  column as columnExpr,
  extend,
  integer,
  isIn,
  literal,
  not,
  select,
  where,
} from '../sql/build.ts'
import { enumerated } from './enumerated.ts'
import { fieldRef } from './field.ts'
import { outputPair } from './output-pair.ts'
import { stringParameter, type Definition } from './parameter.ts'
import type { Build, Compiled, TransformDef } from './transform.ts'

/** Names that Vega finds in the object in which it counts. */
const INHERITED = Object.getOwnPropertyNames(Object.prototype)

/**
 * https://vega.github.io/vega/docs/transforms/countpattern/ How often each text that a pattern finds is found, in the order in
 * which JavaScript enumerates them. Of null Vega fails; of no rows there is nothing.
 */
export const countpattern: TransformDef = {
  type: 'countpattern',
  sql(definition, input, build) {
    const field = fieldRef(definition['field'], input, build)
    if (isReason(field)) return field
    const { column } = field
    if (column.type !== 'string' || column.nulls) return reason('Vega fails on what is no text', field.name)
    const text = casedText(definition, column, build)
    if (isReason(text)) return text
    const patterns = patternsOf(definition, column, build)
    if (isReason(patterns)) return patterns
    const as = outputPair(definition, ['text', 'count'], build)
    if (isReason(as)) return as
    const found = tokens(input, text, patterns, build)
    const count = (name: string, args: readonly SqlExpr[], more: object = {}) => ({
      column: { name, id: build.fresh(), type: 'number', nulls: false } as const,
      sql: cast({ kind: 'aggregate', name: 'count', args, ...more }, 'double'),
    })
    const asked = [
      count('all', []),
      count('distinct', [columnExpr(found.token)], { distinct: true }),
      count('inherited', [], {
        filter: isIn(
          columnExpr(found.token),
          INHERITED.map((name) => literal(name)),
        ),
      }),
    ]
    const order = build.fresh()
    return {
      ask: {
        columns: asked.map((item) => item.column),
        order,
        query: select({
          from: found.query,
          columns: [...asked.map((item) => ({ id: item.column.id, expr: item.sql })), { id: order, expr: integer(0) }],
        }),
      },
      answered: ([row]) =>
        row?.['inherited'] === 0
          ? counted(found, column, as, row, build)
          : reason('a text is the name of what every object has', field.name),
    }
  },
}

const casedText = (definition: Definition, column: Column, build: Build): SqlExpr | Reason => {
  const letters = stringParameter(definition, 'case', build)
  if (isReason(letters)) return letters
  const value = columnExpr(column.id)
  if (letters !== 'upper' && letters !== 'lower') return value
  return column.alphabet === 'ascii'
    ? call(letters, value)
    : reason('beyond ASCII the engine and JavaScript treat text differently', 'case')
}

interface Patterns {
  readonly match: string
  /** What is not counted. */
  readonly stop: string | undefined
}

const patternsOf = (definition: Definition, { alphabet }: Column, build: Build): Patterns | Reason => {
  const pattern = stringParameter(definition, 'pattern', build)
  if (isReason(pattern)) return pattern
  const stopwords = stringParameter(definition, 'stopwords', build)
  if (isReason(stopwords)) return stopwords
  if (alphabet === undefined) return reason('the engine counts characters beyond the BMP in other units', 'field')
  const expressions = regexps(pattern || "[\\w']+", stopwords || '')
  if (isReason(expressions)) return expressions
  const [match, stop] = expressions
  if (match.test('') || /\\b/.test(match.source)) return reason('the pattern may find nothing between characters')
  const found = toRe2(match)
  if (isReason(found)) return found
  const ignored = stopwords ? toRe2(stop) : undefined
  return isReason(ignored) ? ignored : { match: found, stop: ignored }
}

const regexps = (pattern: string, stopwords: string): readonly [RegExp, RegExp] | Reason => {
  try {
    return [new RegExp(pattern), new RegExp(`^${stopwords}$`, 'i')]
  } catch {
    return reason('the pattern is malformed', 'pattern')
  }
}

interface Tokens {
  readonly query: Query
  /** Identifiers of the text, of the order of its row and of its place there. */
  readonly token: string
  readonly order: string
  readonly place: string
}

const tokens = (input: Relation, text: SqlExpr, { match, stop }: Patterns, build: Build): Tokens => {
  const [list, place, token] = [build.fresh(), build.fresh(), build.fresh()]
  const listed = extend(input.query, [{ id: list, expr: call('regexp_extract_all', text, literal(match)) }])
  const placed = extend(listed, [{ id: place, expr: call('unnest', call('range', call('len', columnExpr(list)))) }])
  const item = call('list_extract', columnExpr(list), add(columnExpr(place), integer(1)))
  const query = extend(placed, [{ id: token, expr: item }])
  const kept = stop === undefined ? query : where(query, not(call('regexp_matches', columnExpr(token), literal(stop))))
  return { query: kept, token, order: input.order, place }
}

const counted = (
  { query, token, order: rowOrder, place }: Tokens,
  source: Column,
  as: readonly [string, string],
  row: Readonly<Record<string, Scalar>>,
  build: Build,
): Compiled => {
  const [first, at, order] = [build.fresh(), build.fresh(), build.fresh()]
  const text: Column = { name: as[0], id: token, type: 'string', nulls: false, ...alphabetOf(source) }
  const count: Column = {
    name: as[1],
    id: build.fresh(),
    type: 'number',
    nulls: false,
    nans: false,
    whole: Number(row['all']),
  }
  const earliest = call('row', columnExpr(rowOrder), columnExpr(place))
  const grouped = select({
    from: query,
    columns: [
      { id: token, expr: columnExpr(token) },
      { id: count.id, expr: cast({ kind: 'aggregate', name: 'count', args: [] }, 'double') },
      { id: at, expr: { kind: 'aggregate', name: 'min', args: [earliest] } },
    ],
    groupBy: [columnExpr(token)],
  })
  const ascending = (expr: SqlExpr) => ({ expr, direction: 'asc' as const })
  const rank = (orderBy: readonly SqlExpr[]): SqlExpr => ({
    kind: 'aggregate',
    name: 'row_number',
    args: [],
    over: { partitionBy: [], orderBy: orderBy.map(ascending) },
  })
  const ranked = extend(grouped, [{ id: first, expr: rank([columnExpr(at)]) }])
  const ordered = extend(ranked, [
    { id: order, expr: rank(enumerated('string', columnExpr(token), columnExpr(first))) },
  ])
  const columns = as[0] === as[1] ? [count] : [text, count]
  return { relation: { columns, query: ordered, order, rows: Number(row['distinct']) } }
}

const alphabetOf = ({ alphabet }: Column): Pick<Column, 'alphabet'> => (alphabet === undefined ? {} : { alphabet })
