import { readFileSync, readdirSync } from 'node:fs'
import { join, relative } from 'node:path'
import { compile } from 'vega-lite'

export interface CorpusSpec {
  /** Path below the corpus folder. */
  readonly path: string
  readonly text: string
  readonly lite: boolean
}

/** Every `*.vg.json` and `*.vl.json` below a folder, in the order of their paths. */
export function readCorpus(folder: string): CorpusSpec[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(vg|vl)\.json$/.test(name))
    .sort()
    .map((name) => ({
      path: relative(folder, join(folder, name)),
      text: readFileSync(join(folder, name), 'utf8'),
      lite: name.endsWith('.vl.json'),
    }))
}

const silent = { level: () => silent, error: () => silent, warn: () => silent, info: () => silent, debug: () => silent }

/** The Vega spec of a corpus entry; Vega-Lite is compiled. */
export function vegaSpecOf(entry: CorpusSpec): Record<string, unknown> {
  const spec: unknown = JSON.parse(entry.text)
  if (!entry.lite) return spec as Record<string, unknown>
  const { spec: compiled } = compile(spec as Parameters<typeof compile>[0], { logger: silent as never })
  return JSON.parse(JSON.stringify(compiled)) as Record<string, unknown>
}
