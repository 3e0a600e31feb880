import { MagpieError } from '@magpie-vega/protocol'
import { reasonOf } from '../src/cancellation.ts'
import type { Evaluator } from '../src/evaluate.ts'

/** A small evaluator for tests of the service alone: it answers root signals, each once `open` was called. */
export function evaluatorThatWaits() {
  const opened = new AbortController()
  const seen: AbortSignal[] = []
  const evaluator: Evaluator = {
    evaluate: async ({ roots, wanted, signal }) => {
      seen.push(signal)
      await untilEither(opened.signal, signal)
      if (signal.aborted) throw reasonOf(signal)
      return wanted.map(({ task }) =>
        roots.has(task) ? { kind: 'scalar', value: roots.get(task) } : new MagpieError('bad-request', 'No such root'),
      )
    },
    open: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
  return { create: () => evaluator, seen, open: () => opened.abort() }
}

const untilEither = (...signals: readonly AbortSignal[]): Promise<void> =>
  new Promise((resolve) => {
    if (signals.some((signal) => signal.aborted)) resolve()
    for (const signal of signals) signal.addEventListener('abort', () => resolve(), { once: true })
  })
