import type { Fuzz, FuzzCounts } from './fuzz.ts'
import { searchInProcesses } from './search-in-processes.ts'

/** Compares random charts with Vega alone: a case is a whole spec. */
export const fuzzCharts = (fuzz: Fuzz): Promise<FuzzCounts> =>
  searchInProcesses({ module: 'charts/child.ts', limit: 180_000 }, fuzz)
