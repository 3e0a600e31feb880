import { asMade } from '../as-made.ts'
import type { DataSide, Pass, SignalSide } from '../draft.ts'
import { list } from '../json.ts'
import type { DataId, DataSet } from '../model.ts'
import { serverFacts } from '../server-facts.ts'

/** Decides, per data set and signal, what the server computes. */
export const chooseSide: Pass = (draft) => {
  const { model, options } = draft
  const facts = serverFacts(model, options, draft.counted)
  const placed: DataSide[] = []
  /** Data sets that begin on the server, those among them that the browser does as well included. */
  const begin = new Set<DataId>()
  const begins = (id: DataId | undefined): boolean => id !== undefined && begin.has(id)

  for (const set of model.data) {
    const fact = facts.data(set.id)
    const { capable } = fact
    const full = capable === set.steps.length
    const store = facts.store(set.id)
    const reach = capable ?? 0
    const stay = (reason: string): void => void placed.push({ placed: false, steps: 0, reach, full, store, reason })
    if (capable === undefined) {
      stay(fact.reason)
      continue
    }
    const origin = fact.origin
    const rooted =
      options.placement === 'capability' ||
      origin === 'table' ||
      origin === 'url' ||
      set.sources.some(begins) ||
      set.steps.slice(0, capable).some((step) => [...step.reads.data.values()].some(begins))
    if (!rooted) stay('its rows are in the spec already')
    else if (capable === 0 && set.steps.length > 0 && origin !== 'table' && origin !== 'url') stay(fact.reason)
    else if (origin === 'values' && set.steps.length === 0) stay('its rows are in the spec already')
    else {
      begin.add(set.id)
      const limited = draft.limits.get(set.id)
      const limit = asMade(set.steps, limited?.steps ?? capable)
      const why = limited?.reason ?? fact.reason
      if (limit >= capable)
        placed.push({
          placed: true,
          steps: capable,
          reach,
          full,
          store,
          reason: full ? whyServer(set, origin) : fact.reason,
        })
      else if (limit === 0 && set.sources.length > 0) stay(why)
      else placed.push({ placed: true, steps: limit, reach, full: false, store, reason: why })
    }
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
