export type SourceFormat = 'text' | 'arrow' | 'parquet'

type Format = Readonly<Record<string, unknown>> | undefined

const BINARY: Readonly<Record<string, SourceFormat>> = {
  arrow: 'arrow',
  feather: 'arrow',
  parquet: 'parquet',
}

/**
 * How the bytes are read. Vega takes a file of unknown type for JSON, which a Parquet or Arrow file never is, so there the
 * name of the file decides.
 */
export const sourceFormat = (format: Format, url: string): SourceFormat => {
  const type = typeof format?.['type'] === 'string' ? format['type'] : 'json'
  const [path] = url.toLowerCase().split(/[?#]/, 1)
  const ending = /\.([a-z]+)$/.exec(path ?? '')?.[1] ?? ''
  return BINARY[type] ?? (type === 'json' ? BINARY[ending] : undefined) ?? 'text'
}

/** What fields are parsed as: by what their values look like, or by field. */
export type Parsing = 'auto' | Readonly<Record<string, unknown>>

/** `format.parse`. */
export const parsingOf = (format: Format): Parsing => {
  const parse = format?.['parse']
  if (parse === 'auto') return parse
  return typeof parse === 'object' && parse !== null ? (parse as Parsing) : {}
}
