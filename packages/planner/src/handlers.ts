import { references } from '@magpie-vega/dataflow'
import { isObject, list, type JsonObject } from './json.ts'
import type { DataId, Model } from './model.ts'
import { quotedIn } from './words.ts'

/** Expressions of an event handler or a trigger that run at the event itself. */
const textsOf = (handler: JsonObject): readonly string[] =>
  ['update', 'trigger', 'insert', 'remove', 'toggle', 'modify', 'values', 'encode'].flatMap((key) => {
    const value = handler[key]
    const text = isObject(value) ? (value.expr ?? value.signal) : value
    return typeof text === 'string' ? [text] : []
  })

/** Filters of event streams, and selectors, which quote the data sets that they read. */
const filtersOf = (events: unknown): readonly string[] => {
  if (typeof events === 'string') return [events]
  if (Array.isArray(events)) return events.flatMap(filtersOf)
  if (!isObject(events)) return []
  const { filter, between, stream, merge } = events
  return [
    ...list(filter).filter((one) => typeof one === 'string'),
    ...[between, stream, merge].flatMap((one) => (typeof one === 'string' ? [] : filtersOf(one))),
  ]
}

const handlersIn = (value: unknown): readonly JsonObject[] => {
  if (Array.isArray(value)) return value.flatMap(handlersIn)
  if (!isObject(value)) return []
  return Object.entries(value).flatMap(([key, item]) => [
    ...(key === 'on' ? list(item).filter(isObject) : []),
    ...(key === 'values' ? [] : handlersIn(item)),
  ])
}

/**
 * Data sets that handlers of events, or triggers, read, themselves or through signals: at the event itself, and not again when an
 * answer arrives. A name counts wherever it is read.
 */
export const readByHandlers = ({
  spec,
  data,
  signals,
}: Pick<Model, 'spec' | 'data' | 'signals'>): ReadonlySet<DataId> => {
  const names = new Set<string>()
  const seen = new Set<string>()
  let any = false
  const readSignal = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    for (const signal of signals.filter((one) => one.name === name)) {
      signal.reads.data.forEach((_, read) => names.add(read))
      signal.reads.signals.forEach((_, read) => readSignal(read))
    }
  }
  const handlers = handlersIn(spec)
  for (const text of handlers.flatMap(textsOf)) {
    const found = references(text)
    if ('reason' in found) continue
    found.data.forEach((name) => names.add(name))
    found.signals.forEach(readSignal)
    any ||= found.dynamicData
  }
  for (const { events } of handlers)
    filtersOf(events)
      .flatMap(quotedIn)
      .forEach((name) => names.add(name))
  return new Set(data.filter(({ name }) => any || names.has(name)).map(({ id }) => id))
}
