import { MagpieError } from '@magpie-vega/protocol'

/** The error of work that nobody waits for any more. */
export const cancellation = (): MagpieError => new MagpieError('cancelled', 'The request was cancelled')

/** The typed reason of an aborted signal: `timeout` and `stopping` pass through, all else is `cancelled`. */
export const reasonOf = (signal: AbortSignal): MagpieError =>
  signal.reason instanceof MagpieError ? signal.reason : cancellation()

/** The result of `work`, or a rejection as soon as `signal` aborts; `work` itself goes on. */
export function waitFor<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = (): void => reject(reasonOf(signal))
    if (signal.aborted) onAbort()
    signal.addEventListener('abort', onAbort, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort))
  })
}
