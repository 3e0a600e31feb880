import { MagpieError } from '@magpie-vega/protocol'
import { read } from 'vega'
import type { JobText } from './job.ts'

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

type Format = JobText['format']

const readAs = (data: unknown, format: Format): unknown => {
  try {
    return read(data as never, format as never)
  } catch (cause) {
    const type = typeof format?.['type'] === 'string' ? format['type'] : 'json'
    throw new MagpieError('source-unreadable', `The data cannot be read as ${type}: ${messageOf(cause)}`, {
      remedy: "Check the file, and the chart's data format.",
      cause,
    })
  }
}

/** The rows that Vega's loader makes of a text. Dates without a zone are read in the zone of this process. */
export const readText = ({ text, json, format }: JobText): readonly unknown[] => {
  const rows = readAs(json ? JSON.parse(text) : text, format)
  if (Array.isArray(rows)) return rows
  // Of a file Vega drops whatever is falsy.
  return rows === undefined || rows === null || (!json && !rows) ? [] : [rows]
}

/** Rows with fields parsed as Vega's loader does. */
export const parseRows = (rows: readonly unknown[], parse: unknown): readonly unknown[] =>
  readAs(rows, { type: 'json', parse }) as readonly unknown[]
