import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { VegaEntry } from './vega-child.ts'

/** The process beside this module: bundled, or its source (through tsx) when this module is source. */
export const vegaEntry = (): VegaEntry => {
  const here = import.meta.url
  if (!here.endsWith('.ts')) return { path: fileURLToPath(new URL('./vega-process.mjs', here)), execArgv: [] }
  return {
    path: fileURLToPath(new URL('./vega-process.ts', here)),
    execArgv: ['--import', pathToFileURL(createRequire(here).resolve('tsx')).href, '--conditions=magpie-source'],
  }
}
