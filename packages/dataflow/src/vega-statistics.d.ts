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
}
