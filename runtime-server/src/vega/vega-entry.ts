import { programBeside } from '../process/program.ts'
import type { VegaEntry } from './vega-child.ts'

/** The process in which Vega runs. */
export const vegaEntry = (): VegaEntry => programBeside(import.meta.url, 'vega-process')
