import { bin } from 'vega-statistics'

/** Bins of equal width. */
export interface Bins {
  readonly start: number
  readonly stop: number
  readonly step: number
  readonly count: number
}

/** The bins that Vega chooses for an extent. */
export const binsOf = (extent: readonly [number, number], maxbins: number): Bins => {
  const { start, stop, step } = bin({ extent: [...extent], maxbins })
  return { start, stop, step, count: Math.round((stop - start) / step) }
}
