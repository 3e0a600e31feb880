import { MagpieError } from '@magpie-vega/protocol'
import { read } from 'vega'
import type { JobText } from './job.ts'

const messageOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause))

/** The rows that Vega's loader makes of a text. Dates without a zone are read in the zone of this process. */
export const readText = ({ text, json, format }: JobText): readonly unknown[] => {
  try {
    const data: unknown = json ? JSON.parse(text) : text
    const rows: unknown = read(data as never, format as never)
    return Array.isArray(rows) ? rows : rows === undefined || rows === null ? [] : [rows]
  } catch (cause) {
    const type = typeof format?.['type'] === 'string' ? format['type'] : 'json'
    throw new MagpieError('source-unreadable', `The data cannot be read as ${type}: ${messageOf(cause)}`, {
      remedy: "Check the file, and the chart's data format.",
      cause,
    })
  }
}
