/** What the values of a column are, as a data frame tells them apart. */
export type Kind =
  | { readonly name: 'number' | 'text' | 'boolean' | 'date' }
  | { readonly name: 'list'; readonly items: Kind }
  | { readonly name: 'struct'; readonly fields: Readonly<Record<string, Kind>> }

/** A column of a frame: a value, or null, per row. Dates are `Date`s. */
export interface FrameColumn {
  readonly kind: Kind
  readonly values: readonly unknown[]
}

/** Rows by columns, in order. */
export type Frame = ReadonlyMap<string, FrameColumn>

type Row = Readonly<Record<string, unknown>>

const isNothing = (value: unknown): boolean => value === null || value === undefined

/** The one kind that all values have, nulls left out; undefined where they have several, or one that no frame has. */
function kindOf(values: readonly unknown[]): Kind | undefined {
  const some = values.filter((value) => !isNothing(value))
  const every = (test: (value: unknown) => boolean): boolean => some.every(test)
  if (every((value) => typeof value === 'number')) return { name: 'number' }
  if (every((value) => typeof value === 'string')) return { name: 'text' }
  if (every((value) => typeof value === 'boolean')) return { name: 'boolean' }
  if (every((value) => value instanceof Date)) return { name: 'date' }
  if (every(Array.isArray)) {
    const items = kindOf((some as unknown[][]).flat())
    return items && { name: 'list', items }
  }
  return every(isPlain) ? structOf(some as Row[]) : undefined
}

const isPlain = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype

/** Every row of a struct has all its fields. */
function structOf(rows: readonly Row[]): Kind | undefined {
  const names = Object.keys(rows[0] ?? {})
  if (names.length === 0) return undefined
  if (!rows.every((row) => Object.keys(row).join('\n') === names.join('\n'))) return undefined
  const kinds = names.map((name) => [name, kindOf(rows.map((row) => row[name]))] as const)
  const known = kinds.flatMap(([name, kind]) => (kind === undefined ? [] : [[name, kind] as const]))
  return known.length === kinds.length ? { name: 'struct', fields: Object.fromEntries(known) } : undefined
}

/** Numbers among texts are texts, as in a frame whose column must be of one type. */
function columnOf(values: readonly unknown[]): FrameColumn | undefined {
  const nulled = values.map((value) => (value === undefined ? null : value))
  const kind = kindOf(nulled)
  if (kind !== undefined) return { kind, values: nulled }
  const texts = nulled.every((value) => value === null || typeof value === 'string' || typeof value === 'number')
  return texts
    ? { kind: { name: 'text' }, values: nulled.map((value) => (value === null ? null : String(value))) }
    : undefined
}

/**
 * A frame with these rows, where a frame can hold them: what a row lacks is null in it. What is no object is a row with the one
 * column `data`, as for Vega.
 */
export function frameOf(rows: readonly unknown[]): Frame | undefined {
  const objects = rows.map((row): Row => (typeof row === 'object' && row !== null ? (row as Row) : { data: row }))
  const names = [...new Set(objects.flatMap((row) => Object.keys(row)))]
  if (names.length === 0) return undefined
  const columns = names.map((name) => [name, columnOf(objects.map((row) => row[name]))] as const)
  const known = columns.flatMap(([name, column]) => (column === undefined ? [] : [[name, column] as const]))
  return known.length === columns.length ? new Map(known) : undefined
}
