import { type Query, type Relation, type SqlExpr, type StoredColumn, storedTable } from '@magpie-vega/dataflow'
import { codeId, type FileColumn, type FileTable, integerId, ORDER_ID, valuesId } from './file-column.ts'
import { type OffsetPiece, wallOffsets } from './wall-offsets.ts'

/** The identifiers of a file's columns in a view of its rows, where they are unlike those of other files. */
export const viewColumns = ({ columns }: FileTable, view: string): readonly string[] =>
  [
    ...columns.flatMap((column) => [
      ...(column.values ? [valuesId(column)] : []),
      ...(column.integer === undefined ? [] : [integerId(column)]),
      ...(column.dictionary === undefined ? [] : [codeId(column)]),
    ]),
    ORDER_ID,
  ].map((id) => `${id} as ${view}_${id}`)

const column = (id: string): SqlExpr => ({ kind: 'column', id })

/** The offset at a wall time, by a tree of comparisons. */
const offsetSql = (pieces: readonly OffsetPiece[], wall: SqlExpr): SqlExpr => {
  const middle = (pieces.length - 1) >> 1
  const piece = pieces[middle]
  if (piece === undefined || pieces.length === 1) return { kind: 'integer', value: piece?.offset ?? 0 }
  const when: SqlExpr = { kind: 'binary', op: '<', left: wall, right: { kind: 'integer', value: piece.below } }
  return {
    kind: 'case',
    branches: [{ when, then: offsetSql(pieces.slice(0, middle + 1), wall) }],
    otherwise: offsetSql(pieces.slice(middle + 1), wall),
  }
}

/** A column as the viewer's zone sees it, and what its view lacks for that. */
interface Seen {
  readonly stored: StoredColumn
  readonly computed?: { readonly id: string; readonly expr: SqlExpr }
}

const plainly = (one: FileColumn, view: string): StoredColumn => {
  const {
    name,
    type,
    nulls,
    nans,
    plain,
    alphabet,
    whole,
    range,
    integer,
    infinite,
    negativeZeros,
    dictionary,
    values,
  } = one
  const id = values ? `${view}_${valuesId(one)}` : `${view}_v${one.number}`
  return {
    column: {
      name,
      id,
      type,
      nulls,
      ...(nans !== undefined && { nans }),
      ...(plain !== undefined && { plain }),
      ...(alphabet !== undefined && { alphabet }),
      ...(whole !== undefined && { whole }),
    },
    ...(range !== undefined && {
      stored: {
        least: range.min,
        most: range.max,
        reached: true,
        infinities: infinite,
        ...(negativeZeros === true && { negativeZeros }),
        ...(integer !== undefined && { integer: { id: `${view}_${integerId(one)}`, type: integer } }),
      },
    }),
    ...(dictionary !== undefined && { code: { id: `${view}_${codeId(one)}`, dictionary } }),
    ...(!values && { derived: true }),
  }
}

/** A wall time becomes an instant: its offset is taken off. */
const moved = (one: FileColumn, view: string, pieces: readonly OffsetPiece[]): Seen => {
  const known = plainly(one, view)
  const { range } = one
  const [only] = pieces
  if (range === undefined || (pieces.length === 1 && only?.offset === 0)) return { stored: known }
  const offsets = pieces.map(({ offset }) => offset)
  const [least, most] = [range.min - Math.max(...offsets), range.max - Math.min(...offsets)]
  const id = `${view}_w${one.number}`
  const wall: SqlExpr = { kind: 'cast', operand: column(`${view}_${integerId(one)}`), type: 'bigint' }
  const { column: seen } = known
  return {
    stored: {
      column: {
        ...seen,
        plain: seen.plain === true && offsets.every((offset) => offset % 1000 === 0),
        whole: Math.max(Math.abs(least), Math.abs(most)),
      },
      stored: {
        least,
        most,
        reached: pieces.length === 1,
        infinities: false,
        integer: { id, type: 'bigint' },
      },
      derived: true,
    },
    computed: { id, expr: { kind: 'binary', op: '-', left: wall, right: offsetSql(pieces, wall) } },
  }
}

/** Puts a query in the place of the table that another reads. */
const over = (query: Query, leaf: Query): Query =>
  query.kind === 'select' && query.from !== undefined ? { ...query, from: over(query.from, leaf) } : leaf

/**
 * The rows of a file, whose columns are those of `viewColumns` in `view`, as a viewer in the zone sees them; undefined when the
 * times of a column have no offsets that a statement could hold.
 */
export const fileRelation = (file: FileTable, view: string, timeZone: string): Relation | undefined => {
  const seen: Seen[] = []
  for (const one of file.columns) {
    const { wall, range } = one
    const pieces = wall && range !== undefined ? wallOffsets(timeZone, range.min, range.max) : []
    if (pieces === undefined) return undefined
    seen.push(pieces.length === 0 ? { stored: plainly(one, view) } : moved(one, view, pieces))
  }
  const computed = seen.flatMap((one) => one.computed ?? [])
  const stored = seen.map((one) => one.stored)
  const relation = storedTable(view, stored, `${view}_${ORDER_ID}`, file.rows)
  const rows: Query = { kind: 'table', name: view }
  if (computed.length === 0) return relation
  const query = over(relation.query, { kind: 'select', from: rows, star: true, columns: computed })
  return { ...relation, query, counted: query }
}
