// `npm run exact -- --mutate --specs DIR [--seed S] [--cases N] [--tz ZONE] [--data DIR] [--verbose]`
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { runMutants } from './run-mutants.ts'

const { values } = parseArgs({
  options: {
    mutate: { type: 'boolean' },
    specs: { type: 'string' },
    data: {
      type: 'string',
      default: fileURLToPath(new URL('../../../node_modules/vega-datasets/data', import.meta.url)),
    },
    json: { type: 'string' },
    tz: { type: 'string', default: 'UTC' },
    seed: { type: 'string' },
    cases: { type: 'string', default: '200' },
    verbose: { type: 'boolean', default: false },
  },
})
const { specs, data } = values
if (specs === undefined)
  throw new Error('--specs DIR is missing: the folder of *.vg.json and *.vl.json specs to change')
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
const cases = Number(values.cases)
if (!Number.isInteger(seed) || !Number.isInteger(cases)) throw new Error('--seed and --cases are whole numbers')

const counts = { equal: 0, alike: 0, different: 0, skipped: 0 }
await runMutants({ specs, data, timeZone: values.tz, seed, cases, limit: 240_000 }, (n, path, outcome) => {
  counts[outcome.kind] += 1
  if (outcome.kind !== 'different' && !values.verbose) return
  const detail = 'detail' in outcome ? outcome.detail.slice(0, 500) : ''
  process.stdout.write(`${outcome.kind}\t${n}\t${path}\t${detail}\n`)
})
const summary = { seed, cases, timeZone: values.tz, ...counts }
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(summary, null, 2)}\n`)
process.stdout.write(`${JSON.stringify(summary)}\n`)
process.exit(counts.different === 0 && counts.equal + counts.alike > 0 ? 0 : 1)
