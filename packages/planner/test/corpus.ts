import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { logger, None } from 'vega'
import { compile, type TopLevelSpec } from 'vega-lite'
import type { VegaSpec } from '../src/index.ts'

const BESIDE = resolve(fileURLToPath(new URL('../../../../shared/specs', import.meta.url)))

/** The corpus of real specs: `MAGPIE_SPECS`, or `shared/specs` beside the repository; undefined where there is none. */
export const CORPUS: string | undefined = [process.env.MAGPIE_SPECS, BESIDE].find(
  (path) => path !== undefined && existsSync(path),
)

export interface CorpusSpec {
  readonly name: string
  readonly spec: VegaSpec
}

/** Every `.vg.json` and (compiled) `.vl.json` of the corpus, in order of name. */
export const corpus = (): readonly CorpusSpec[] =>
  CORPUS === undefined ? [] : filesUnder(CORPUS).map((file) => ({ name: relative(CORPUS, file), spec: readSpec(file) }))

export const readSpec = (file: string): VegaSpec => {
  const json = JSON.parse(readFileSync(file, 'utf8')) as unknown
  return file.endsWith('.vl.json') ? compiled(json as TopLevelSpec) : (json as VegaSpec)
}

/** A Vega-Lite spec as Vega, as JSON. */
export const compiled = (spec: TopLevelSpec): VegaSpec =>
  JSON.parse(JSON.stringify(compile(spec, { logger: logger(None) }).spec)) as VegaSpec

const filesUnder = (folder: string): readonly string[] =>
  readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name)
      return statSync(path).isDirectory() ? filesUnder(path) : /\.v[gl]\.json$/.test(name) ? [path] : []
    })
