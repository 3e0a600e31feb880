import { references } from '@magpie-vega/dataflow'
import { isObject, list, type JsonObject } from './json.ts'
import type { DataId, Model } from './model.ts'

/** Expressions of an event handler or a trigger that run at the event itself. */
const textsOf = (handler: JsonObject): readonly string[] =>
  ['update', 'trigger', 'insert', 'remove', 'toggle', 'modify', 'values', 'encode'].flatMap((key) => {
    const value = handler[key]
    const text = isObject(value) ? (value.expr ?? value.signal) : value
    return typeof text === 'string' ? [text] : []
  })

const handlersIn = (value: unknown): readonly JsonObject[] => {
  if (Array.isArray(value)) return value.flatMap(handlersIn)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) => [
    ...(key === 'on' ? list(item).filter(isObject) : []),
    ...(key === 'values' ? [] : handlersIn(item)),
  ])
}

/**
 * Data sets that handlers of events, or triggers, read: at the event itself, and not again when an answer arrives. A name counts
 * wherever it is read.
 */
export const readByHandlers = ({ spec, data }: Pick<Model, 'spec' | 'data'>): ReadonlySet<DataId> => {
  const names = new Set<string>()
  let any = false
  for (const text of handlersIn(spec).flatMap(textsOf)) {
    const found = references(text)
    if ('reason' in found) continue
    found.data.forEach((name) => names.add(name))
    any ||= found.dynamicData
  }
  return new Set(data.filter(({ name }) => any || names.has(name)).map(({ id }) => id))
}
