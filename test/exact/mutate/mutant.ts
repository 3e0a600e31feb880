import { vegaSpecOf, type CorpusSpec } from '../corpus.ts'
import { mutate } from './mutations.ts'
import { randomFrom, seedOf } from './random.ts'

/** A spec with faults. */
export interface Mutant {
  readonly path: string
  /** Undefined: Vega-Lite itself refuses it. */
  readonly spec: Record<string, unknown> | undefined
}

/** The n-th mutant of a seed. Of Vega-Lite, every third is changed before it is compiled. */
export function mutantOf(corpus: readonly CorpusSpec[], seed: number, n: number): Mutant {
  const random = randomFrom(seedOf(seed, n))
  const entry = random.of(corpus)
  if (entry === undefined) throw new Error('There are no specs')
  const of = random.below(2 ** 31)
  if (!entry.lite || random.below(3) > 0) return { path: entry.path, spec: mutate(vegaSpecOf(entry), of) }
  const changed = mutate(JSON.parse(entry.text) as Record<string, unknown>, of)
  try {
    return { path: entry.path, spec: vegaSpecOf({ ...entry, text: JSON.stringify(changed) }) }
  } catch {
    return { path: entry.path, spec: undefined }
  }
}
