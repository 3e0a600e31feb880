import { isObject, list } from './json.ts'
import type { DataSet, Model } from './model.ts'

/**
 * Every value that the signal of a data set's URL can have, as far as the spec says: its value, and what an input element offers.
 * Undefined where events or expressions set it.
 */
export const urlsOf = (model: Model, { definition: { url }, urlReads }: DataSet): readonly unknown[] | undefined => {
  if (!isObject(url) || typeof url.signal !== 'string') return undefined
  const id = urlReads.signals.get(url.signal)
  const signal = id === undefined ? undefined : model.signals[id]
  if (signal === undefined || signal.kind !== 'defined' || signal.pushed) return undefined
  const { value, update, init, on, bind } = signal.definition
  if ([update, init].some((text) => text !== undefined && text !== null) || list(on).length > 0) return undefined
  if (bind === undefined || bind === null) return [value]
  const offered = isObject(bind) && (bind.input === 'select' || bind.input === 'radio') ? bind.options : undefined
  return Array.isArray(offered) ? [value, ...(offered as readonly unknown[])] : undefined
}
