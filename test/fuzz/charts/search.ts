import { restoreBuiltIns } from '../../../runtime-server/src/vega/built-ins.ts'
import type { Json } from '../../exact/json.ts'
import { seedOf } from '../../exact/mutate/random.ts'
import { diceOf } from './dice.ts'
import { liteSpec } from './lite.ts'
import { nativeSpec } from './native.ts'
import { runChart, type Chart, type Found } from './run-chart.ts'
import type { RunOptions } from '../../exact/run-spec.ts'
import type { Phase } from '../../exact/supervise.ts'
import { shrink } from './shrink.ts'

/** Which charts of a seed are run. */
export interface Part {
  readonly seed: number
  /** The first case, and the first that is not run any more. */
  readonly first: number
  readonly last: number
  readonly interact: boolean
}

/** What a search says while it goes on, so that whoever watches knows where it hangs. */
export type Note =
  | { readonly kind: 'at'; readonly n: number; readonly phase: Phase }
  /** `text` tells of a chart that is wrong; once it is as small as can be, it is `done` with such a text. */
  | { readonly kind: 'wrong'; readonly n: number; readonly text: string }
  | { readonly kind: 'done'; readonly n: number; readonly found: Found['kind']; readonly text: string }

/** Runs that a wrong chart is made smaller in. */
const TRIES = 250

/** The n-th chart of a seed. */
export function chartOf(seed: number, n: number): Chart {
  const dice = diceOf(seedOf(seed, n))
  const placement = dice.once(2) ? 'capability' : 'cost'
  const asTables = dice.once(2)
  const lite = !dice.once(3)
  return { spec: lite ? liteSpec(dice) : nativeSpec(dice), lite, placement, asTables }
}

/** What went wrong, whatever the numbers: a chart that is made smaller goes wrong in the same way. */
const failure = (detail: string): string => detail.slice(0, 12)

const told = (n: number, { spec, placement, asTables }: Chart, detail: string): string =>
  `case ${n}, placement ${placement}${asTables ? ', over tables' : ''}: ${detail}\n${JSON.stringify(spec)}`

/** Compares random charts with Vega alone, one after the other. */
export async function search(
  { seed, first, last, interact }: Part,
  options: Omit<RunOptions, 'placement' | 'asTables'>,
  say: (note: Note) => void,
): Promise<void> {
  for (let n = first; n < last; n += 1) {
    const chart = chartOf(seed, n)
    const onPhase = (phase: Phase): void => say({ kind: 'at', n, phase })
    onPhase('vega')
    const found = await runChart(chart, { ...options, onPhase }, interact)
    // a field `__proto__` of this chart's is no concern of the next one
    restoreBuiltIns()
    if (found.kind !== 'wrong') {
      say({ kind: 'done', n, found: found.kind, text: 'detail' in found ? found.detail : '' })
      continue
    }
    say({ kind: 'wrong', n, text: told(n, chart, found.detail) })
    let { detail } = found
    const wrong = async (spec: Json): Promise<boolean> => {
      const again = await runChart({ ...chart, spec }, options, interact)
      if (again.kind !== 'wrong' || failure(again.detail) !== failure(found.detail)) return false
      ;({ detail } = again)
      return true
    }
    const spec = await shrink(chart.spec, wrong, TRIES)
    say({ kind: 'done', n, found: 'wrong', text: told(n, { ...chart, spec }, detail) })
  }
}
