import type { Columns } from '../charts/columns.ts'
import type { Json } from '../../exact/json.ts'

/** A data file as a search makes it, in parts that can be left out one by one. */
export type Content =
  /** Lines of cells; a cell is written as it stands. */
  | {
      readonly kind: 'lines'
      readonly lines: readonly (readonly string[])[]
      readonly delimiter?: string
      readonly end?: string
      /** What comes before the first line, and after the last. */
      readonly start?: string
      readonly last?: string
    }
  /** JSON; a text `@@…@@` stands for what is between the marks, so that numbers can be written in any way. */
  | { readonly kind: 'json'; readonly value: unknown; readonly start?: string; readonly last?: string }

/** A data file, how a chart says that it is read, and its fields. */
export interface DataFile {
  readonly content: Content
  readonly format: Json
  readonly columns: Columns
}

const RAW = /"@@(.*?)@@"/g

/** The text of a file. */
export function textOf(content: Content): string {
  const { start = '', last = '' } = content
  if (content.kind === 'json') return start + (JSON.stringify(content.value) ?? '').replace(RAW, '$1') + last
  const { lines, delimiter = ',', end = '\n' } = content
  return start + lines.map((cells) => cells.join(delimiter)).join(end) + last
}
