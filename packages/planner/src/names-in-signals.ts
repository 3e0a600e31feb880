import { isObject } from './json.ts'
import type { DataId, Model } from './model.ts'
import { quotedIn, wordsIn, writtenIn } from './words.ts'

/** Names of fields that the spec puts together while it runs, as far as it writes them out. */
type Names = ReadonlySet<string>

/** Every text of a value, and every text quoted in one. */
const visitTexts = (value: unknown, found: (text: string, key: string) => void, key = ''): void => {
  if (typeof value === 'string') found(value, key)
  else if (Array.isArray(value)) value.forEach((item) => visitTexts(item, found, key))
  else if (isObject(value)) Object.entries(value).forEach(([inner, item]) => visitTexts(item, found, inner))
}

/** Texts that signals may hold: one may be the name of a field (`datum[name]`). */
export const namesInSignals = (model: Model): Names => {
  const names = new Set<string>()
  const text = (value: string): void => [value, ...quotedIn(value)].forEach((name) => names.add(name))
  model.signals.forEach(({ definition }) => visitTexts(definition, text))
  return names
}

/** Every text of what may come into stores: of what writes into them, and of the signals that this reads. */
const visitWriters = (
  model: Model,
  stores: ReadonlyMap<string, DataId | undefined>,
  found: (text: string, key: string) => void,
): void => {
  const signals = new Map(model.signals.map(({ name }) => [name, [] as unknown[]]))
  model.signals.forEach(({ name, definition }) => signals.get(name)?.push(definition))
  const seen = new Set<string>()
  const follow = (value: unknown): void =>
    visitTexts(value, (text, key) => {
      found(text, key)
      for (const word of [text, ...wordsIn(text)]) {
        if (seen.has(word)) continue
        seen.add(word)
        signals.get(word)?.forEach(follow)
      }
    })
  const writes = (text: string): boolean => writtenIn(text).some((name) => stores.has(name))
  for (const { definition } of model.signals) {
    let writer = false
    visitTexts(definition, (text) => (writer ||= writes(text)))
    if (writer) follow(definition)
  }
  for (const id of stores.values()) {
    const { values, on } = (id === undefined ? undefined : model.data[id]?.definition) ?? {}
    follow(on)
    visitTexts(values, found)
  }
}

/**
 * Names of the fields that the tuples of selection stores may test: their `fields` are objects with a `field`, that signals
 * hold, expressions make, or the stores begin with.
 */
export const namesInStores = (model: Model, stores: ReadonlyMap<string, DataId | undefined>): Names => {
  const names = new Set<string>()
  visitWriters(model, stores, (text, key) => {
    if (key === 'field') names.add(text)
    if (/\bfield\b/.test(text)) quotedIn(text).forEach((name) => names.add(name))
  })
  return names
}
