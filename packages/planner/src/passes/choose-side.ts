import type { DataSide, Pass, SignalSide } from '../draft.ts'
import { list } from '../json.ts'
import type { DataId, DataSet } from '../model.ts'
import { serverFacts } from '../server-facts.ts'

/** Decides, per data set and signal, what the server computes. */
export const chooseSide: Pass = (draft) => {
  const { model, options } = draft
  const facts = serverFacts(model, options)
  const placed: DataSide[] = []
  const isPlaced = (id: DataId | undefined): boolean => id !== undefined && placed[id]?.placed === true

  for (const set of model.data) {
    const fact = facts.data(set.id)
    const { capable } = fact
    const full = capable === set.steps.length
    const store = facts.store(set.id)
    const stay = (reason: string): void => void placed.push({ placed: false, steps: 0, full, store, reason })
    if (capable === undefined) {
      stay(fact.reason)
      continue
    }
    const origin = fact.origin
    const rooted =
      options.placement === 'capability' ||
      origin === 'table' ||
      origin === 'url' ||
      set.sources.some(isPlaced) ||
      set.steps.slice(0, capable).some((step) => [...step.reads.data.values()].some(isPlaced))
    if (!rooted) stay('its rows are in the spec already')
    else if (capable === 0 && set.steps.length > 0 && origin !== 'table' && origin !== 'url') stay(fact.reason)
    else if (origin === 'values' && set.steps.length === 0) stay('its rows are in the spec already')
    else placed.push({ placed: true, steps: capable, full, store, reason: full ? whyServer(set, origin) : fact.reason })
  }
  const signals: readonly SignalSide[] = model.signals.map((signal) => facts.signal(signal.id))
  return { ...draft, data: placed, signals }
}

const whyServer = (set: DataSet, origin: string): string =>
  origin === 'source'
    ? `its source ${list(set.definition.source).join(', ')} is on the server`
    : origin === 'table'
      ? 'its rows are a table of the server'
      : origin === 'url'
        ? 'the server may load its URL'
        : origin === 'values'
          ? 'the server can run its transforms over the inline values'
          : 'the server generates its rows'
