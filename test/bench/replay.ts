import { performance } from 'node:perf_hooks'
import { setTimeout as wait } from 'node:timers/promises'
import type { BrushEvent } from './traces.ts'

/** What a replay found. Times in milliseconds. */
export interface Replay {
  /** Of every answer: from the question's departure to its data. */
  readonly updates: readonly number[]
  /** Of every answered event: from the event to its data. */
  readonly latencies: readonly number[]
  /** Events that a newer one replaced before they were asked. */
  readonly dropped: number
  /** Events that changed the brush. */
  readonly moves: number
}

/** Whoever answers brush events. `move` must be cheap; it hands the event over and returns. */
export interface Player {
  readonly move: (index: number) => void
  /** Resolves when nothing is under way. */
  readonly settled: () => Promise<void>
  readonly updates: readonly number[]
  readonly latencies: readonly number[]
}

/** Plays a trace on wall clock. Events that leave the brush where it was ask nobody anything. */
export async function replay(
  trace: readonly BrushEvent[],
  open: (times: readonly number[]) => Player,
): Promise<Replay> {
  const times: number[] = []
  const player = open(times)
  const start = performance.now()
  let moves = 0
  for (const [index, { at, view, ends }] of trace.entries()) {
    const left = start + at - performance.now()
    if (left > 1) await wait(left)
    times[index] = performance.now()
    const before = trace[index - 1]
    if (before?.view === view && before.ends[0] === ends[0] && before.ends[1] === ends[1]) continue
    moves += 1
    player.move(index)
  }
  await player.settled()
  const { updates, latencies } = player
  return { updates, latencies, dropped: moves - latencies.length, moves }
}

/**
 * One question under way at a time, then the newest event. `answer` returns the milliseconds that the question itself took, where
 * that is not the time until its promise resolved.
 */
export const latestOnly =
  (answer: (index: number) => Promise<number | undefined>) =>
  (times: readonly number[]): Player => {
    const updates: number[] = []
    const latencies: number[] = []
    let waiting: number | undefined
    let work: Promise<void> | undefined
    const run = async (first: number): Promise<void> => {
      for (let index: number | undefined = first; index !== undefined;) {
        const sent = performance.now()
        waiting = undefined
        const told = await answer(index)
        const taken = told ?? performance.now() - sent
        updates.push(taken)
        latencies.push(sent - (times[index] ?? sent) + taken)
        index = waiting
      }
      work = undefined
    }
    return {
      updates,
      latencies,
      move: (index) => {
        if (work === undefined) work = run(index)
        else waiting = index
      },
      settled: async () => {
        while (work !== undefined) await work
      },
    }
  }
