/** The part of vega-statistics that Magpie uses; the package has no types of its own. */
declare module 'vega-statistics' {
  export interface BinOptions {
    readonly extent: readonly (number | undefined)[]
    readonly maxbins?: number | undefined
    readonly base?: number | undefined
    readonly divide?: readonly number[] | undefined
    readonly span?: number | undefined
    readonly step?: number | undefined
    readonly steps?: readonly number[] | undefined
    readonly minstep?: number | undefined
    readonly nice?: boolean | undefined
  }
  export function bin(options: BinOptions): { start: number; stop: number; step: number }
  /** A probability distribution. */
  export interface Distribution {
    pdf(value: number): number
    cdf(value: number): number
  }
  export function randomNormal(mean?: number, stdev?: number): Distribution
  export function randomLogNormal(mean?: number, stdev?: number): Distribution
  export function randomUniform(min?: number, max?: number): Distribution
  export function randomMixture(distributions: readonly Distribution[], weights?: readonly number[]): Distribution
  export function sampleCurve(
    curve: (value: number) => number,
    extent: readonly [number, number],
    minSteps: number,
    maxSteps: number,
  ): readonly (readonly [number, number])[]
}
