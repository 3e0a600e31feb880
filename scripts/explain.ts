import { readFileSync } from 'node:fs'
import { explain, plan, type VegaSpec } from '@magpie-vega/planner'
import { compile, type TopLevelSpec } from 'vega-lite'

/** `npm run explain -- SPEC [--capability] [--url URL]…`: where each data set, transform and signal of a spec runs, and why. */
const USAGE = 'usage: npm run explain -- SPEC.vg.json|SPEC.vl.json [--capability] [--url URL]…'

const args = process.argv.slice(2)
const file = args.find((arg, i) => !arg.startsWith('--') && args[i - 1] !== '--url')
if (file === undefined) {
  console.error(USAGE)
  process.exit(2)
}

const json = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, unknown>>
const isVegaLite = file.endsWith('.vl.json') || String(json.$schema).includes('/vega-lite/')
const spec = isVegaLite ? (compile(json as unknown as TopLevelSpec).spec as unknown as VegaSpec) : json
const serverUrls = args.filter((_, i) => args[i - 1] === '--url')
console.log(explain(plan(spec, { placement: args.includes('--capability') ? 'capability' : 'cost', serverUrls })))
