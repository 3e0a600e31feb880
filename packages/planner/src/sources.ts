import { originKind } from './declare.ts'
import { hasSignal } from './expressions-of.ts'
import { isObject, isPlain, list, type JsonObject } from './json.ts'
import { TABLE_SCHEME, type PlanOptions } from './plan.ts'

/** Where the rows of a data set come from, as far as its own definition says. */
export type Origin =
  | { readonly kind: 'table' | 'url' | 'values' }
  | { readonly kind: 'source' }
  | { readonly kind: 'none' }
  | { readonly kind: 'browser'; readonly reason: string }

/** Formats that Vega's loader, or the service, reads. */
const FORMATS: ReadonlySet<string> = new Set(['json', 'csv', 'tsv', 'dsv', 'topojson', 'arrow', 'parquet'])
const PARSERS = /^(boolean|number|integer|string|unknown|date|utc)(:.*)?$|^auto$/

/** @param urls every text that a URL which is a signal can be; undefined: not known. */
export const originOf = (
  definition: JsonObject,
  options: PlanOptions,
  urls: readonly unknown[] | undefined,
): Origin => {
  const kind = originKind(definition)
  if (kind === 'source' && list(definition.source).length === 0) return stay('it names no source')
  if (kind === 'source' || kind === 'none') return { kind }
  if (definition.async !== undefined) return stay('it loads when a signal says so')
  const { url } = definition
  const table = typeof url === 'string' && url.startsWith(TABLE_SCHEME)
  const format = unreadable(definition.format, table)
  if (format !== undefined) return stay(format)
  if (kind === 'values') {
    if (isObject(definition.values) && definition.values.signal !== undefined)
      return stay('its values come from a signal')
    if (list(definition.values).some(Array.isArray)) return stay('some of its rows are lists')
    return isPlain(definition.values) ? { kind } : stay('its values are not plain JSON')
  }
  if (typeof url !== 'string' && !(isObject(url) && typeof url.signal === 'string')) return stay('its URL is not text')
  if (table) return { kind: 'table' }
  if (options.placement === 'capability') return { kind: 'url' }
  const all: readonly unknown[] | undefined = typeof url === 'string' ? [url] : urls
  if (all === undefined) return stay('its URL comes from a signal that may be anything')
  const granted = (text: unknown): boolean =>
    typeof text === 'string' && (text.startsWith(TABLE_SCHEME) || options.serverUrls?.includes(text) === true)
  return all.every(granted) ? { kind: 'url' } : stay('its URL is the browser’s to load')
}

/** The SHA-256 that a table URL names. */
export const tableOf = (url: string): string => url.slice(TABLE_SCHEME.length).toLowerCase()

const stay = (reason: string): Origin => ({ kind: 'browser', reason })

/** A table is of no type, and nobody but the server reads it: what is no parser fails there, as it does in Vega. */
const unreadable = (format: unknown, table: boolean): string | undefined => {
  if (format === undefined || format === null) return undefined
  if (!isObject(format) || hasSignal(format)) return 'its format comes from a signal'
  if (!isPlain(format)) return 'its format is not plain JSON'
  if (table) return undefined
  const type = format.type ?? 'json'
  if (typeof type !== 'string' || !FORMATS.has(type)) return `the server does not read the format ${String(type)}`
  const { parse } = format
  const parsers = isObject(parse) ? Object.values(parse) : parse === undefined || parse === null ? [] : [parse]
  const odd = parsers.find((parser) => parser !== null && (typeof parser !== 'string' || !PARSERS.test(parser)))
  return odd === undefined ? undefined : `the server does not parse ${String(odd)}`
}
