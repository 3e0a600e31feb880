import { parse, referencesOf } from '@magpie-vega/dataflow'
import { accessPath } from './access-path.ts'
import { hasSignal } from './expressions-of.ts'
import { isObject, list, type JsonObject } from './json.ts'
import { rowEscapes } from './row-escapes.ts'
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

/**
 * The names of the fields that a spec may read: every text in it that may be a field name. `all` where a whole row is passed
 * on, or a field name is computed.
 */
export const namesRead = (spec: JsonObject): 'all' | readonly string[] => {
  const names = new Set<string>(['_vgsid_'])
  let all = false

  const expression = (text: string): void => {
    const ast = parse(text)
    if ('reason' in ast) all = true
    else {
      if (rowEscapes(ast)) all = true
      const { members } = referencesOf(ast)
      members.forEach((name) => names.add(name))
      members.forEach((name) => accessPath(name).forEach((part) => names.add(part)))
    }
  }

  const text = (value: string, key: string, inTransform: boolean): void => {
    if (EXPRESSIONS.has(key)) expression(value)
    else if (inTransform ? TRANSFORM_WORDS.has(key) : WORDS.has(key)) return
    else if (key === 'events' || key === 'filter' || key === 'between')
      [...wordsIn(value), ...quotedIn(value)].forEach((name) => names.add(name))
    else {
      names.add(value)
      accessPath(value).forEach((part) => names.add(part))
    }
  }

  const walk = (value: unknown, key: string, inTransform: boolean): void => {
    if (typeof value === 'string') text(value, key, inTransform)
    else if (Array.isArray(value)) value.forEach((item) => walk(item, key, inTransform))
    else if (isObject(value)) {
      if (inTransform && WHOLE.has(String(value.type).toLowerCase())) all = true
      for (const [k, item] of Object.entries(value)) {
        if (fieldIsComputed(k, item, inTransform)) all = true
        if (k === 'data') list(item).forEach(data)
        else walk(item, k, inTransform || k === 'transform')
      }
    }
  }
  const data = (definition: unknown): void => {
    if (!isObject(definition)) return walk(definition, 'data', false)
    const { values, ...rest } = definition
    walk(rest, '', false)
    const { parse: parsed } = isObject(rest.format) ? rest.format : {}
    if (isObject(parsed)) Object.keys(parsed).forEach((name) => names.add(name))
    if (isObject(values)) walk(values.signal, 'signal', false)
  }

  walk(spec, '', false)
  return all ? 'all' : [...names].filter((name) => name !== '').sort()
}

const fieldIsComputed = (key: string, value: unknown, inTransform: boolean): boolean =>
  (inTransform ? FIELDS.has(key) : key === 'field') && hasSignal(value)
