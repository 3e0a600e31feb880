import type { Fuzz, FuzzCounts } from './fuzz.ts'
import { searchInProcesses } from './search-in-processes.ts'

/** Compares what the service reads of random files with what Vega's loader does: a case is a file and a chart over it. */
export const fuzzSources = (fuzz: Fuzz): Promise<FuzzCounts> =>
  searchInProcesses({ module: 'sources/child.ts', limit: 120_000 }, fuzz)
