import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'

/** A program that runs in a process of its own. */
export interface Program {
  readonly path: string
  /** Arguments for Node itself. */
  readonly execArgv: readonly string[]
}

/** The program of that name beside a module: bundled, or its source (through tsx) when the module is source. */
export const programBeside = (module: string, name: string): Program => {
  if (!module.endsWith('.ts')) return { path: fileURLToPath(new URL(`./${name}.mjs`, module)), execArgv: [] }
  const tsx = pathToFileURL(createRequire(module).resolve('tsx')).href
  return {
    path: fileURLToPath(new URL(`./${name}.ts`, module)),
    execArgv: ['--import', tsx, '--conditions=magpie-source'],
  }
}
