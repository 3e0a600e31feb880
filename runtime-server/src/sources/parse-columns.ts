import { MagpieError } from '@magpie-vega/protocol'
import { bitmapOf, isSet } from '../arrow/bitmap.ts'
import type { Cells, Table, Vector } from '../arrow/table.ts'
import type { Job, JobAnswer } from '../vega/job.ts'

/** Runs a job in a Vega process of the viewer's zone. */
export type RunVega = (job: Job) => Promise<readonly JobAnswer[]>

/** Column types that a parser leaves as they are. */
const KEPT: Readonly<Record<string, readonly Cells['type'][]>> = {
  number: ['number'],
  integer: ['number'],
  boolean: ['boolean'],
  string: ['string'],
  date: ['date', 'number'],
  unknown: ['number', 'string', 'boolean', 'date', 'json'],
}

/** Does parsing as `type` leave a column of values of that kind as it is? */
export const isLeftAlone = (type: string, kind: Cells['type']): boolean => KEPT[type]?.includes(kind) === true

const FUNCTION: Readonly<Record<string, string>> = {
  number: 'toNumber',
  integer: 'toNumber',
  boolean: 'toBoolean',
  string: 'toString',
  date: 'toDate',
}

const unquote = (pattern: string): string => /^(['"])(.*)\1$/.exec(pattern)?.[2] ?? pattern

const expressionOf = (type: string): string => {
  const [, kind, pattern] = /^(date|utc):(.+)$/.exec(type) ?? []
  if (pattern !== undefined) {
    return `${kind === 'utc' ? 'utcParse' : 'timeParse'}(datum.value, ${JSON.stringify(unquote(pattern))})`
  }
  const name = FUNCTION[type]
  if (name !== undefined) return `${name}(datum.value)`
  throw new MagpieError('source-unreadable', `The data format parses a field as ${type}, which Vega does not know`)
}

const distinct = (vector: Vector, rows: number): Table =>
  vector.cells.type === 'string'
    ? {
        rows: vector.cells.dictionary.length,
        columns: [
          {
            name: 'value',
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
    : { rows, columns: [{ ...vector, name: 'value' }] }

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

const parseColumn = async (vector: Vector, rows: number, type: string, run: RunVega): Promise<Vector> => {
  const [answer] = await run({
    signals: {},
    data: [
      {
        name: 'column',
        rows: distinct(vector, rows),
        transform: [{ type: 'formula', expr: expressionOf(type), as: 'parsed' }],
      },
    ],
    outputs: [{ kind: 'rows', data: 'column', columns: ['parsed'] }],
  })
  const parsed = answer?.kind === 'rows' ? answer.table.columns[0] : undefined
  return parsed === undefined ? vector : spread(vector, parsed, rows)
}

/**
 * Applies `format.parse` to columns that have types already: nothing for a column that is of the type, Vega's own parser
 * for the others, once per distinct text. Fields that the table does not have are left out.
 */
export const parseColumns = async (
  table: Table,
  types: Readonly<Record<string, string>>,
  run: RunVega,
): Promise<Table> => {
  const columns: Vector[] = []
  for (const vector of table.columns) {
    const type = Object.hasOwn(types, vector.name) ? types[vector.name] : undefined
    const kept = type === undefined || isLeftAlone(type, vector.cells.type)
    columns.push(kept ? vector : await parseColumn(vector, table.rows, type, run))
  }
  return { rows: table.rows, columns }
}
