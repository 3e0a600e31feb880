// `npm run exact -- --specs DIR [--data DIR] [--json FILE] [--tz ZONE] [--placement capability|cost] [--only TEXT] [--verbose]`
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readCorpus } from './corpus.ts'
import { DataServer } from './data-server.ts'
import { runSpec, type Outcome } from './run-spec.ts'
import { startService } from './service.ts'
import { summarise } from './summary.ts'

const { values } = parseArgs({
  options: {
    specs: { type: 'string' },
    data: { type: 'string', default: fileURLToPath(new URL('../../node_modules/vega-datasets/data', import.meta.url)) },
    json: { type: 'string' },
    tz: { type: 'string', default: 'UTC' },
    placement: { type: 'string', default: 'capability' },
    only: { type: 'string' },
    verbose: { type: 'boolean', default: false },
  },
})
if (values.specs === undefined)
  throw new Error('--specs DIR is missing: the folder of *.vg.json and *.vl.json specs to run')
if (values.placement !== 'capability' && values.placement !== 'cost')
  throw new Error('--placement is `capability` or `cost`')
const placement = values.placement

/** Milliseconds after which a chart counts as hanging. */
const LIMIT = 60_000

async function withinLimit(run: Promise<Outcome>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'failed', detail: `hangs: not at rest after ${LIMIT} ms` }), LIMIT)
  })
  return Promise.race([run, late]).finally(() => clearTimeout(timer))
}

const data = await DataServer.start(values.data)
const service = await startService()
const corpus = readCorpus(values.specs).filter(({ path }) => values.only === undefined || path.includes(values.only))
const outcomes: Outcome[] = []
try {
  for (const entry of corpus) {
    const outcome = await withinLimit(runSpec(entry, { data, service, timeZone: values.tz, placement }))
    outcomes.push(outcome)
    if (outcome.kind !== 'equal' || values.verbose) {
      const detail = 'detail' in outcome ? outcome.detail.slice(0, 400) : ''
      process.stdout.write(`${outcome.kind}\t${entry.path}\t${detail}\n`)
    }
  }
} finally {
  await service.stop()
  await data.stop()
}
const summary = summarise(outcomes)
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(summary, null, 2)}\n`)
process.stdout.write(`${JSON.stringify(summary)}\n`)
process.exit(summary.different === 0 && summary.failed === 0 && summary.specs > 0 ? 0 : 1)
