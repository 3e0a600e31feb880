import { bitmapOf, isSet } from '../arrow/bitmap.ts'
import type { Cells, Table, Vector } from '../arrow/table.ts'
import type { Job, JobAnswer } from '../vega/job.ts'
import type { Parsing } from './format.ts'

/** Runs a job in a Vega process of the viewer's zone. */
export type RunVega = (job: Job) => Promise<readonly JobAnswer[]>

/** Column types that a parser leaves as they are, whatever the values. It makes an empty text null, even one of texts. */
const KEPT: Readonly<Record<string, readonly Cells['type'][]>> = {
  number: ['number'],
  integer: ['number'],
  boolean: ['boolean'],
  date: ['date', 'number'],
  unknown: ['number', 'string', 'boolean', 'date', 'json'],
}

/** Does parsing as `type` leave every column of values of that kind as it is? */
export const isLeftAlone = (type: unknown, kind: Cells['type']): boolean =>
  typeof type === 'string' && Object.hasOwn(KEPT, type) && KEPT[type]?.includes(kind) === true

/** What a field is parsed as; undefined: it is not. */
export const typeOfField = (parsing: Parsing, name: string): unknown =>
  parsing === 'auto' ? 'auto' : Object.hasOwn(parsing, name) ? parsing[name] : undefined

/**
 * Fields that parsing makes where the rows do not have them: of null, which every parser makes of nothing. To assign to
 * `__proto__` makes no field.
 */
export const fieldsMade = (parsing: Parsing, names: readonly string[]): readonly string[] =>
  parsing === 'auto'
    ? []
    : Object.keys(parsing).filter(
        (name) => parsing[name] !== 'unknown' && name !== '__proto__' && !names.includes(name),
      )

const distinct = (vector: Vector, rows: number): Table =>
  vector.cells.type === 'string'
    ? {
        rows: vector.cells.dictionary.length,
        columns: [
          {
            name: vector.name,
            cells: {
              type: 'string',
              codes: Int32Array.from(vector.cells.dictionary.keys()),
              dictionary: vector.cells.dictionary,
            },
            valid: undefined,
            nulls: 'null',
          },
        ],
      }
    : { rows, columns: [vector] }

const gather = (cells: Cells, codes: Int32Array): Cells => {
  switch (cells.type) {
    case 'number':
    case 'date':
      return { type: cells.type, values: Float64Array.from(codes, (code) => cells.values[code] ?? 0) }
    case 'boolean':
      return { type: 'boolean', values: Uint8Array.from(codes, (code) => cells.values[code] ?? 0) }
    case 'string':
      return { ...cells, codes: codes.map((code) => cells.codes[code] ?? 0) }
    case 'json':
      return { type: 'json', values: Array.from(codes, (code) => cells.values[code] ?? '') }
  }
}

const spread = (vector: Vector, parsed: Vector, rows: number): Vector => {
  if (vector.cells.type !== 'string') return { ...parsed, name: vector.name }
  const { codes, dictionary } = vector.cells
  const valid = bitmapOf(
    rows,
    (row) => isSet(vector.valid, row) && dictionary.length > 0 && isSet(parsed.valid, codes[row] ?? 0),
  )
  return { name: vector.name, cells: gather(parsed.cells, codes), valid, nulls: vector.nulls }
}

const parseColumn = async (vector: Vector, rows: number, type: unknown, run: RunVega): Promise<Vector> => {
  const { name } = vector
  const parse = type === 'auto' ? type : { [name]: type }
  const [answer] = await run({
    signals: {},
    data: [{ name: 'column', rows: distinct(vector, rows), parse }],
    outputs: [{ kind: 'rows', data: 'column', columns: [name] }],
  })
  const parsed = answer?.kind === 'rows' ? answer.table.columns[0] : undefined
  return parsed === undefined ? vector : spread(vector, parsed, rows)
}

const nothing = (name: string, rows: number): Vector => ({
  name,
  cells: { type: 'number', values: new Float64Array(rows) },
  valid: bitmapOf(rows, () => false),
  nulls: 'null',
})

/**
 * Applies `format.parse` to columns that have types already: nothing for a column that is of the type, Vega's own parser
 * for the others, once per distinct text.
 *
 * @param wanted the columns that the table was read with; the others are not known to be missing.
 */
export const parseColumns = async (
  table: Table,
  parsing: Parsing,
  wanted: 'all' | readonly string[],
  run: RunVega,
): Promise<Table> => {
  const columns: Vector[] = []
  for (const vector of table.columns) {
    const type = typeOfField(parsing, vector.name)
    const kept = type === undefined || isLeftAlone(type, vector.cells.type)
    columns.push(kept ? vector : await parseColumn(vector, table.rows, type, run))
  }
  const made = fieldsMade(
    parsing,
    table.columns.map(({ name }) => name),
  ).filter((name) => wanted === 'all' || wanted.includes(name))
  return { rows: table.rows, columns: [...columns, ...made.map((name) => nothing(name, table.rows))] }
}
