import { median, quantile } from './statistics.ts'

/** One line of the bench's answer: what one subject took in one case. */
export interface Figure {
  readonly bench: string
  readonly case: string
  /** Rows of the source; 0 where data of any size does not matter. */
  readonly rows: number
  /** The rows are the real flights of vega-datasets. */
  readonly real?: true
  readonly subject: string
  readonly unit: Unit
  readonly median: number
  readonly p95: number
  /** Number of samples. */
  readonly n: number
  /** Our median divided by the peer's, by peer; above 1 we lose (below 1 where more is better). Empty for the peers' own lines. */
  readonly ratioTo: Readonly<Record<string, number>>
}

export type Unit = 'ms' | 'bytes' | 'req/s' | '%' | 'MiB' | 's CPU' | 'µs CPU'

/** Of every unit: does more of it mean better? */
export const MORE_IS_BETTER: Readonly<Record<Unit, boolean>> = {
  ms: false,
  bytes: false,
  'req/s': true,
  '%': false,
  MiB: false,
  's CPU': false,
  'µs CPU': false,
}

/** The samples of each subject in one case. Names that begin with `magpie` are ours; the others are peers. */
export interface Samples {
  readonly bench: string
  readonly case: string
  readonly rows: number
  readonly unit: Unit
  readonly subjects: ReadonlyMap<string, readonly number[]>
}

/** Four significant digits: what a run on a shared machine can tell. */
const rounded = (value: number): number => Number(value.toPrecision(4))

/** A share that is zero has no ratio. */
const ratio = (ours: readonly number[], theirs: readonly number[]): number => rounded(median(ours) / median(theirs))

export const isOurs = (subject: string): boolean => subject.startsWith('magpie')

/** Medians, 95th percentiles and ratios of one case. */
export function figuresOf({ subjects, ...about }: Samples): Figure[] {
  const measured = [...subjects].filter(([, samples]) => samples.length > 0)
  const peers = measured.filter(([subject]) => !isOurs(subject))
  return measured.map(([subject, samples]) => ({
    ...about,
    subject,
    median: rounded(median(samples)),
    p95: rounded(quantile(samples, 0.95)),
    n: samples.length,
    ratioTo: isOurs(subject)
      ? Object.fromEntries(
          peers
            .map(([peer, theirs]): [string, number] => [peer, ratio(samples, theirs)])
            .filter(([, value]) => about.unit !== '%' && Number.isFinite(value)),
        )
      : {},
  }))
}
