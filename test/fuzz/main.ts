// `npm run fuzz -- --seed S --cases N [--kind expressions|chains|charts|sources] [--tz ZONE] [--why] [--first N] [--interact]`
import { parseArgs } from 'node:util'
import { fuzzChains } from './fuzz-chains.ts'
import { fuzzCharts } from './fuzz-charts.ts'
import { fuzzExpressions } from './fuzz-expressions.ts'
import { fuzzSources } from './fuzz-sources.ts'
import { shownTally, type Tally } from './tally.ts'

const { values } = parseArgs({
  options: {
    seed: { type: 'string' },
    cases: { type: 'string', default: '2000' },
    kind: { type: 'string' },
    why: { type: 'boolean', default: false },
    tz: { type: 'string', default: 'UTC' },
    first: { type: 'string', default: '0' },
    interact: { type: 'boolean', default: false },
  },
})
const SEARCHES = { expressions: fuzzExpressions, chains: fuzzChains, charts: fuzzCharts, sources: fuzzSources }
const isKind = (kind: string): kind is keyof typeof SEARCHES => Object.hasOwn(SEARCHES, kind)
const kinds = (values.kind === undefined ? Object.keys(SEARCHES) : [values.kind]).filter(isKind)
if (kinds.length === 0) throw new Error('--kind is `expressions`, `chains`, `charts` or `sources`')
const cases = Number(values.cases)
if (!Number.isInteger(cases) || cases < 1) throw new Error('--cases is a number of cases')
const seed = values.seed === undefined ? Date.now() % 2 ** 31 : Number(values.seed)
if (!Number.isInteger(seed)) throw new Error('--seed is a whole number')

const first = Number(values.first)
if (!Number.isInteger(first) || first < 0) throw new Error('--first is the number of a case')

let failed = false
for (const kind of kinds) {
  const report = (text: string): void => void process.stdout.write(`${kind}, seed ${seed}, ${values.tz}: ${text}\n\n`)
  const why: Tally = new Map()
  const counts = await SEARCHES[kind]({
    seed,
    cases,
    first,
    interact: values.interact,
    timeZone: values.tz,
    why,
    report,
  })
  if (counts.mismatches > 0 || counts.compared === 0) failed = true
  process.stdout.write(`${JSON.stringify({ kind, seed, timeZone: values.tz, ...counts })}\n`)
  if (counts.compared === 0) process.stderr.write(`${kind}: nothing was compared\n`)
  if (values.why) process.stdout.write(shownTally(why))
}
process.exit(failed ? 1 : 0)
