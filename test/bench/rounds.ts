import { performance } from 'node:perf_hooks'

/** Someone who is measured: `run` does the work once and tells how long it took, in milliseconds unless agreed otherwise. */
export interface Subject {
  readonly name: string
  readonly run: (round: number) => Promise<number>
}

/** Milliseconds that `work` takes, and its answer. */
export async function timed<T>(work: () => T | Promise<T>): Promise<{ readonly ms: number; readonly answer: T }> {
  const start = performance.now()
  const answer = await work()
  return { ms: performance.now() - start, answer }
}

/** Runs every subject once per round, the order turned by one each round, so that what disturbs the machine disturbs all. */
export async function interleaved(subjects: readonly Subject[], rounds: number): Promise<Map<string, number[]>> {
  const samples = new Map<string, number[]>(subjects.map(({ name }) => [name, []]))
  for (let round = 0; round < rounds; round += 1) {
    const turn = subjects.length === 0 ? 0 : round % subjects.length
    for (const { name, run } of [...subjects.slice(turn), ...subjects.slice(0, turn)]) {
      samples.get(name)?.push(await run(round))
    }
  }
  return samples
}
