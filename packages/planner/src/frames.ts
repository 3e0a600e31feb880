import type { DeclaredFrame } from './declare.ts'
import { expressionsOf, signalTextsOf } from './expressions-of.ts'
import { isObject, isPlain, list, objects, type JsonObject } from './json.ts'
import type { Frame, Resolved, Scope } from './model.ts'
import { resolveNames } from './resolve-names.ts'

/** https://vega.github.io/vega/docs/scales/#types */
export const DISCRETE: ReadonlySet<string> = new Set(['ordinal', 'band', 'point', 'bin-ordinal'])

/** A scale or projection as the configuration completes it, and what it refers to. */
export const readFrame = (frame: DeclaredFrame, config: JsonObject, scopes: readonly Scope[]): Frame => {
  const definition = frame.kind === 'scale' ? withRange(frame.definition, config) : projection(frame.definition, config)
  const texts = signalTextsOf(definition)
  const names = frame.kind === 'scale' ? dataOf(definition) : []
  const reads = resolveNames(texts, names, scopes, frame.scope, new Set(texts))
  const problem = problemOf(frame, definition)
  return { ...frame, definition, reads: problem === undefined ? reads : ({ ...reads, problem } satisfies Resolved) }
}

/** The sides of the group, and the ranges that the configuration names, become what they stand for; Vega knows the others. */
const withRange = (definition: JsonObject, config: JsonObject): JsonObject => {
  const { range } = definition
  if (typeof range !== 'string') return definition
  const named = isObject(config.range) && Object.hasOwn(config.range, range) ? config.range[range] : undefined
  if (named !== undefined && named !== range) return withRange({ ...definition, range: named }, config)
  const discrete = typeof definition.type === 'string' && DISCRETE.has(definition.type)
  if (range === 'width') return { ...definition, range: [0, { signal: 'width' }] }
  if (range !== 'height') return definition
  return { ...definition, range: discrete ? [0, { signal: 'height' }] : [{ signal: 'height' }, 0] }
}

const projection = (definition: JsonObject, config: JsonObject): JsonObject => {
  const defaults = isObject(config.projection) ? Object.entries(config.projection) : []
  const missing = defaults.filter(([key]) => definition[key] === undefined || definition[key] === null)
  return { ...definition, ...Object.fromEntries(missing) }
}

/** Names of the data sets that a scale reads. */
const dataOf = ({ domain, range }: JsonObject): readonly string[] =>
  [domain, range]
    .flatMap((value) => [...objects(value), ...(isObject(value) ? objects(value.fields) : [])])
    .flatMap(({ data }) => (typeof data === 'string' ? [data] : []))

/** Does a scale add to its domain what is looked up in it? */
export const gainsValues = ({ type, domain, domainImplicit }: JsonObject): boolean =>
  type === 'ordinal' && (!domain || Boolean(domainImplicit))

const RANDOM: ReadonlySet<unknown> = new Set(['ci0', 'ci1'])

/** Why the server cannot have a scale, whatever it reads. */
const problemOf = ({ kind, name }: DeclaredFrame, definition: JsonObject): string | undefined => {
  if (!isPlain(definition)) return `${kind} ${name} is not plain JSON`
  if (kind === 'projection') return undefined
  if (gainsValues(definition)) return `scale ${name} gains what is looked up in it`
  const { domain } = definition
  if (!isObject(domain)) return undefined
  const fields = list(domain.fields)
  if (fields.some((field) => Array.isArray(field) && expressionsOf({ field }).length > 0))
    return `scale ${name} has signals among the values of its domain`
  const sorts = [domain, ...fields.filter(isObject)].map(({ sort }) => (isObject(sort) ? sort.op : undefined))
  return sorts.some((op) => RANDOM.has(op)) ? `the order of scale ${name} is drawn at random` : undefined
}
