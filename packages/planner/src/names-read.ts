import { parse, referencesOf } from '@magpie-vega/dataflow'
import { accessPath } from './access-path.ts'
import { hasSignal } from './expressions-of.ts'
import { isObject, list, type JsonObject } from './json.ts'
import { escapesOf } from './row-escapes.ts'
import { readsOfExpression, readsOfField, rowFields, type ReadsValue } from './row-values.ts'
import { quotedIn, wordsIn } from './words.ts'

/** Keys whose text is an expression. */
const EXPRESSIONS: ReadonlySet<string> = new Set([
  'signal',
  'expr',
  'update',
  'init',
  'test',
  'trigger',
  'insert',
  'remove',
  'toggle',
  'modify',
])
/** Keys whose value names fields. */
const FIELDS: ReadonlySet<string> = new Set([
  'field',
  'fields',
  'groupby',
  'key',
  'keys',
  'x',
  'y',
  'weight',
  'value',
  'index',
  'sourceX',
  'sourceY',
  'targetX',
  'targetY',
  'parentKey',
])
/** Transforms that read whole rows, or fields that they do not name. */
const WHOLE: ReadonlySet<string> = new Set([
  'geojson',
  'geopath',
  'geoshape',
  'linkpath',
  'force',
  'nest',
  'stratify',
  'tree',
  'treemap',
  'treelinks',
  'pack',
  'partition',
  'heatmap',
  'isocontour',
  'label',
  'wordcloud',
  'project',
  'cross',
])

/** Keys whose text, inside a transform, is never a field name. */
const TRANSFORM_WORDS: ReadonlySet<string> = new Set([
  'type',
  'ops',
  'op',
  'from',
  'method',
  'offset',
  'order',
  'units',
  'timezone',
])
/** The same outside transforms. A `value` is not one: a field whose name is a signal's value makes the answer `all`. */
const WORDS: ReadonlySet<string> = new Set([
  '$schema',
  'type',
  'name',
  'description',
  'style',
  'role',
  'orient',
  'scale',
  'data',
  'source',
  'input',
  'title',
  'value',
  'format',
  'markname',
  'push',
  'range',
  'scheme',
  'interpolate',
  'shape',
  'channel',
  'autosize',
  'contains',
  'bounds',
  'align',
  'op',
  'order',
  'background',
  'cursor',
  'consume',
  'symbolType',
  'legend',
])

/** What a spec may read. */
export interface Reading {
  /** Every text in it that may be a field name. */
  readonly names: readonly string[]
  /** Names of the data sets of whose rows it may read any field. */
  readonly whole: ReadonlySet<string>
}

/** What a spec may read of its data sets; `all` where it may read any field of any of them. */
export const readingOf = (spec: JsonObject): 'all' | Reading => {
  const names = new Set<string>(['_vgsid_'])
  const whole = new Set<string>()
  const values: ReadsValue[] = []
  const holders: (readonly [owners: Owners, fields: readonly string[] | undefined])[] = []
  let all = false

  /** Any field may be read of the rows of these data sets; where these are not known, of all. */
  const escape = (owners: Owners): void => {
    if (owners.length === 0) all = true
    owners.forEach((name) => whole.add(name))
  }

  const expression = (text: string, owners: Owners): void => {
    const ast = parse(text)
    if ('reason' in ast) all = true
    else {
      const found = escapesOf(ast)
      if (found.any) all = true
      if (found.own) escape(owners)
      found.data.forEach((name) => whole.add(name))
      values.push(readsOfExpression(ast))
      const { members } = referencesOf(ast)
      members.forEach((name) => names.add(name))
      members.forEach((name) => accessPath(name).forEach((part) => names.add(part)))
    }
  }

  const text = (value: string, key: string, inTransform: boolean, owners: Owners): void => {
    if (EXPRESSIONS.has(key)) expression(value, owners)
    else if (inTransform ? TRANSFORM_WORDS.has(key) : WORDS.has(key)) return
    else if (key === 'events' || key === 'filter' || key === 'between')
      [...wordsIn(value), ...quotedIn(value)].forEach((name) => names.add(name))
    else {
      if (key !== 'as') values.push(readsOfField(value))
      names.add(value)
      accessPath(value).forEach((part) => names.add(part))
    }
  }

  const walk = (value: unknown, key: string, inTransform: boolean, owners: Owners): void => {
    if (typeof value === 'string') text(value, key, inTransform, owners)
    else if (Array.isArray(value)) value.forEach((item) => walk(item, key, inTransform, owners))
    else if (isObject(value)) {
      if (inTransform && WHOLE.has(String(value.type).toLowerCase())) escape(owners)
      for (const [k, item] of Object.entries(value)) {
        if (fieldIsComputed(k, item, inTransform)) escape(owners)
        if (k === 'transform') holders.push([owners, rowFields(list(item))])
        if (k === 'data') list(item).forEach((one) => data(one, owners))
        else if (k === 'marks') list(item).forEach((one) => walk(one, k, false, [...owners, ...ownersOf(one)]))
        else if (k === 'signals') list(item).forEach((one) => walk(one, k, false, []))
        else walk(item, k, inTransform || k === 'transform', owners)
      }
    }
  }
  const data = (definition: unknown, owners: Owners): void => {
    if (!isObject(definition)) return walk(definition, 'data', false, owners)
    const { values, ...rest } = definition
    walk(rest, '', false, typeof rest.name === 'string' ? [...owners, rest.name] : [])
    const { parse: parsed } = isObject(rest.format) ? rest.format : {}
    if (isObject(parsed)) Object.keys(parsed).forEach((name) => names.add(name))
    if (isObject(values)) walk(values.signal, 'signal', false, [])
  }

  walk(spec, '', false, [])
  for (const [owners, fields] of holders)
    if (fields === undefined || fields.some((name) => values.some((reads) => reads(name)))) escape(owners)
  return all ? 'all' : { names: [...names].filter((name) => name !== '').sort(), whole }
}

/** The names of the fields that a spec may read; `all` where it may read any field of some data set. */
export const namesRead = (spec: JsonObject): 'all' | readonly string[] => {
  const reading = readingOf(spec)
  return reading === 'all' || reading.whole.size > 0 ? 'all' : reading.names
}

/** Names of the data sets whose rows `datum` and `parent` may be; none: unknown. */
type Owners = readonly string[]

/** The data sets that a mark is drawn from. */
const ownersOf = (mark: unknown): Owners => {
  const from = isObject(mark) ? mark.from : undefined
  const facet = isObject(from) ? from.facet : undefined
  return [from, facet].flatMap((one) => (isObject(one) && typeof one.data === 'string' ? [one.data] : []))
}

/** Is a field named by a signal or, in an encoding, by a field: `{datum: {parent: 'name'}}`? */
const fieldIsComputed = (key: string, value: unknown, inTransform: boolean): boolean =>
  inTransform ? FIELDS.has(key) && hasSignal(value) : key === 'field' && (hasSignal(value) || isNested(value))

const isNested = (field: unknown): boolean =>
  isObject(field) && [field.datum, field.parent, field.group].some((name) => isObject(name))
