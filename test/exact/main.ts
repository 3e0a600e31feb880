// `npm run exact -- --specs DIR [--data DIR] [--json FILE] [--tz ZONE] [--placement capability|cost] [--tables] [--only TEXT] [--interact [--hurried] [--skip-rest]] [--verbose]`
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { readCorpus, type CorpusSpec } from './corpus.ts'
import { DataServer } from './data-server.ts'
import { NOT_INTERACTIVE, runInteractive, type InteractiveOutcome } from './interact/run-interactive.ts'
import { summariseInteractive } from './interact/summary.ts'
import { runSpec, type Outcome, type RunOptions } from './run-spec.ts'
import { startService } from './service.ts'
import { summarise } from './summary.ts'

const { values } = parseArgs({
  options: {
    specs: { type: 'string' },
    data: { type: 'string', default: fileURLToPath(new URL('../../node_modules/vega-datasets/data', import.meta.url)) },
    json: { type: 'string' },
    tz: { type: 'string', default: 'UTC' },
    placement: { type: 'string', default: 'capability' },
    tables: { type: 'boolean', default: false },
    only: { type: 'string' },
    interact: { type: 'boolean', default: false },
    hurried: { type: 'boolean', default: false },
    'skip-rest': { type: 'boolean', default: false },
    verbose: { type: 'boolean', default: false },
  },
})
if (values.specs === undefined)
  throw new Error('--specs DIR is missing: the folder of *.vg.json and *.vl.json specs to run')
if (values.placement !== 'capability' && values.placement !== 'cost')
  throw new Error('--placement is `capability` or `cost`')
const placement = values.placement

/** Milliseconds after which a chart counts as hanging, untouched and with a script. */
const LIMIT = 300_000
const SCRIPT_LIMIT = 900_000

interface Failed {
  readonly kind: 'failed'
  readonly steps: number
  readonly detail: string
}

async function withinLimit<T>(run: Promise<T>, limit: number): Promise<T | Failed> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Failed>((resolve) => {
    const failed: Failed = { kind: 'failed', steps: 0, detail: `hangs: not at rest after ${limit} ms` }
    timer = setTimeout(() => resolve(failed), limit)
  })
  return Promise.race([run, late]).finally(() => clearTimeout(timer))
}

const report = (outcome: Outcome | InteractiveOutcome, entry: CorpusSpec): void => {
  if (outcome.kind === 'equal' && !values.verbose) return
  if (outcome.kind === 'skipped' && outcome.detail === NOT_INTERACTIVE) return
  const detail = 'detail' in outcome ? outcome.detail.slice(0, 400) : ''
  process.stdout.write(`${outcome.kind}\t${entry.path}\t${detail}\n`)
}

const data = await DataServer.start(values.data)
const service = await startService()
const corpus = readCorpus(values.specs).filter(({ path }) => values.only === undefined || path.includes(values.only))
const options: RunOptions = {
  data,
  service,
  timeZone: values.tz,
  placement,
  hurried: values.hurried,
  asTables: values.tables,
}
const outcomes: Outcome[] = []
const interactive: InteractiveOutcome[] = []
try {
  for (const entry of corpus) {
    if (!values['skip-rest']) {
      const outcome = await withinLimit(runSpec(entry, options), LIMIT)
      outcomes.push(outcome)
      report(outcome, entry)
    }
    if (values.interact) {
      const outcome = await withinLimit(runInteractive(entry, options), SCRIPT_LIMIT)
      interactive.push(outcome)
      report(outcome, entry)
    }
  }
} finally {
  await service.stop()
  await data.stop()
}
const summary = {
  ...summarise(outcomes),
  ...(values.interact ? { interactive: summariseInteractive(interactive) } : {}),
}
if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(summary, null, 2)}\n`)
process.stdout.write(`${JSON.stringify(summary)}\n`)
const wrong = [...outcomes, ...interactive].filter(({ kind }) => kind === 'different' || kind === 'failed').length
process.exit(wrong === 0 && outcomes.length + interactive.length > 0 ? 0 : 1)
