import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder of the repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url))

const folder = (path: string): string => {
  mkdirSync(path, { recursive: true })
  return path
}

/** Generated data and installed peers; kept between runs. */
export const cacheFolder = (name: string): string => folder(join(ROOT, '.cache', name))

/** Answers of the benches. */
export const outFolder = (): string => folder(join(ROOT, 'out', 'bench'))

export const REAL_FLIGHTS = join(ROOT, 'node_modules', 'vega-datasets', 'data', 'flights-3m.parquet')

/** The data sets that public specs name. */
export const DATA_SETS = join(ROOT, 'node_modules', 'vega-datasets', 'data')
