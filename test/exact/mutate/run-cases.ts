import { decodeHealth } from '@magpie-vega/protocol'
import type { CorpusSpec } from '../corpus.ts'
import type { RunOptions } from '../run-spec.ts'
import type { RunningService } from '../service.ts'
import type { Phase } from '../supervise.ts'
import { mutantOf } from './mutant.ts'
import { runMutant, type MutantOutcome } from './run-mutant.ts'

/** What a run says while it goes on, so that whoever watches knows where it hangs. */
export type Note =
  | { readonly kind: 'at'; readonly n: number; readonly path: string; readonly phase: Phase }
  | { readonly kind: 'done'; readonly n: number; readonly path: string; readonly outcome: MutantOutcome }

/** Does the service answer, and has it logged no defect? Else what is wrong. */
async function ailing(service: RunningService): Promise<string | undefined> {
  const defect = service.defect()
  if (defect !== undefined) return `the service logged a defect: ${defect}`
  try {
    const answer = await fetch(`${service.url}/healthz`)
    const { status } = decodeHealth(new Uint8Array(await answer.arrayBuffer()))
    return status === 'ok' ? undefined : `the service is ${status}`
  } catch (cause) {
    return `the service is gone: ${String(cause)}`
  }
}

/** Runs mutants `first` to `last` (not included) of a seed; after each the service must be well. */
export async function runCases(
  corpus: readonly CorpusSpec[],
  { seed, first, last }: { readonly seed: number; readonly first: number; readonly last: number },
  options: RunOptions,
  say: (note: Note) => void,
): Promise<void> {
  for (let n = first; n < last; n += 1) {
    const { path, spec: mutant } = mutantOf(corpus, seed, n)
    if (mutant === undefined) {
      say({ kind: 'done', n, path, outcome: { kind: 'skipped', detail: 'vega-lite refuses it' } })
      continue
    }
    const { spec, urls } = options.data.localise(mutant)
    const outcome = await runMutant(spec, urls, options, (phase) => say({ kind: 'at', n, path, phase }))
    const ill = await ailing(options.service)
    say({ kind: 'done', n, path, outcome: ill === undefined ? outcome : { kind: 'different', detail: ill } })
    if (ill !== undefined) throw new Error(ill)
  }
}
