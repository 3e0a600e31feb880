import type { Bench } from '../bench.ts'
import { crossfilter } from './crossfilter.ts'
import { firstRender } from './first-render.ts'

/** Every bench, in the order of the report. */
export const BENCHES: readonly Bench[] = [firstRender, crossfilter]
