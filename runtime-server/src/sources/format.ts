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

/** The explicit types of `format.parse`, by field. */
export const parseTypes = (format: Format): Readonly<Record<string, string>> => {
  const parse = format?.['parse']
  if (typeof parse !== 'object' || parse === null) return {}
  return Object.fromEntries(
    Object.entries(parse).flatMap(([field, type]) => (typeof type === 'string' ? [[field, type]] : [])),
  )
}
