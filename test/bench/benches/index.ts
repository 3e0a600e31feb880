import type { Bench } from '../bench.ts'
import { cached } from './cached.ts'
import { clients } from './clients.ts'
import { conversion } from './conversion.ts'
import { crossfilter } from './crossfilter.ts'
import { firstRender } from './first-render.ts'
import { ingest } from './ingest.ts'
import { page } from './page.ts'
import { smallSpecs } from './small-specs.ts'
import { wire } from './wire.ts'

/** Every bench, in the order of the report. */
export const BENCHES: readonly Bench[] = [
  firstRender,
  crossfilter,
  cached,
  clients,
  ingest,
  conversion,
  wire,
  smallSpecs,
  page,
]
