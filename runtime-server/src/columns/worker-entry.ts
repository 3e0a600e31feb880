import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'

/** How the building thread is started. */
export interface WorkerEntry {
  readonly url: URL
  /** Arguments for Node itself. */
  readonly execArgv: readonly string[]
}

/** The program beside this module: bundled, or its source (through tsx) when this module is source. */
export const workerEntry = (): WorkerEntry => {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return { url: new URL('./build-worker.mjs', here), execArgv: [] }
  const tsx = pathToFileURL(createRequire(here).resolve('tsx')).href
  return { url: new URL('./build-worker.ts', here), execArgv: ['--import', tsx, '--conditions=magpie-source'] }
}
