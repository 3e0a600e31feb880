import { setImmediate } from 'node:timers/promises'

/** Does something to each item, and gives way to the event loop after every `perTurn` of them. */
export const inTurns = async <T>(
  items: readonly T[],
  perTurn: number,
  each: (item: T, index: number) => void,
): Promise<void> => {
  for (let from = 0; from < items.length; from += perTurn) {
    if (from > 0) await setImmediate()
    const end = Math.min(from + perTurn, items.length)
    for (let at = from; at < end; at++) each(items[at] as T, at)
  }
}
