import { MORE_IS_BETTER, type Figure } from '../figure.ts'
import { quantile } from '../statistics.ts'

/** One subject of ours beside one peer, over the cases of a bench on the same data. */
export interface Duel {
  readonly figures: readonly Figure[]
  readonly subject: string
  readonly peer: string
  /** How many times worse, of every case. */
  readonly times: readonly { readonly figure: Figure; readonly times: number }[]
}

const keyOf = ({ bench, rows, real, subject, case: name }: Figure, peer: string): string =>
  JSON.stringify([bench, rows, real, subject, peer, isSpec(name)])

/** A case that is one spec of a folder: told of together with the others. */
export const isSpec = (name: string): boolean => name.startsWith('spec ')

const timesWorse = ({ unit }: Figure, ratio: number): number => (MORE_IS_BETTER[unit] ? 1 / ratio : ratio)

/** Every subject of ours with every peer. */
export const duelsOf = (figures: readonly Figure[]): readonly Duel[] => {
  const groups = new Map<string, Duel>()
  for (const figure of figures)
    for (const [peer, ratio] of Object.entries(figure.ratioTo)) {
      const key = keyOf(figure, peer)
      const before = groups.get(key)
      groups.set(key, {
        subject: figure.subject,
        peer,
        figures: [...(before?.figures ?? []), figure],
        times: [...(before?.times ?? []), { figure, times: timesWorse(figure, ratio) }],
      })
    }
  return [...groups.values()]
}

/** The rows of a run, in words. */
export const sizeOf = ({ rows, real }: Figure): string =>
  rows === 0 ? '' : `${rows.toLocaleString('en')} rows${real === true ? ', the real flights of vega-datasets' : ''}`

const worst = ({ times }: Duel): number => Math.max(...times.map((one) => one.times))

const named = (name: string): string => name.replace(/^spec /, '')

const lossLine = (duel: Duel): string => {
  const [first] = duel.figures
  const lost = duel.times.filter(({ times }) => times > 1).sort((a, b) => b.times - a.times)
  const [most] = lost
  const least = lost.at(-1)
  if (first === undefined || most === undefined || least === undefined) return ''
  const place = [first.bench, sizeOf(first)].filter(Boolean).join(', ')
  const range =
    lost.length === 1
      ? `${most.times.toPrecision(3)}× (${named(most.figure.case)})`
      : `${least.times.toPrecision(3)}× to ${most.times.toPrecision(3)}× (${named(most.figure.case)})`
  return `- ${place}: ${duel.subject} is behind ${duel.peer} in ${lost.length} of ${duel.times.length} ${isSpec(first.case) ? 'specs' : 'cases'}, by ${range}.`
}

/** Are its specs told of one by one? */
const isSummary = ({ figures: [first] }: Duel, figures: readonly Figure[]): boolean =>
  first !== undefined &&
  !isSpec(first.case) &&
  figures.some(({ bench, case: name }) => bench === first.bench && isSpec(name))

/** One line for each peer that is ahead of us somewhere, the worst first. */
export const lossLines = (figures: readonly Figure[]): readonly string[] =>
  duelsOf(figures)
    .filter((duel) => worst(duel) > 1 && !isSummary(duel, figures))
    .sort((a, b) => worst(b) - worst(a))
    .map(lossLine)

/** What a folder of specs came to, spec by spec. */
export const specLines = (figures: readonly Figure[]): readonly string[] =>
  duelsOf(figures.filter((figure) => isSpec(figure.case))).map(({ peer, times }) => {
    const ratios = times.map((one) => one.times)
    const shares = [0.5, 0.95, 1].map((share) => quantile(ratios, share).toPrecision(3))
    const ahead = ratios.filter((ratio) => ratio < 1).length
    const behind = ratios.filter((ratio) => ratio > 1).length
    return `Spec by spec beside ${peer}: ratio ${shares[0]} (median), ${shares[1]} (95th percentile), ${shares[2]} (greatest); ahead in ${ahead}, equal in ${ratios.length - ahead - behind}, behind in ${behind} of ${ratios.length}`
  })
