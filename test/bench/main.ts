// `npm run bench -- NAME [--rows N] [--rounds N] [--real] [--peers A,B] [--specs DIR] [--limit N] [--json FILE]`; NAME may be
// `report`, which writes docs/performance.md from the answers in out/bench/.
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Run } from './bench.ts'
import { BENCHES } from './benches/index.ts'
import type { Figure } from './figure.ts'
import { outFolder, ROOT } from './places.ts'
import { printed } from './print.ts'
import { isSpec } from './report/losses.ts'
import { writeReport } from './report/report.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    rows: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '5' },
    limit: { type: 'string', default: '1000' },
    real: { type: 'boolean', default: false },
    report: { type: 'boolean', default: false },
    peers: { type: 'string' },
    specs: { type: 'string' },
    json: { type: 'string' },
  },
})

const usage = (): never => {
  const lines = BENCHES.map(({ name, about }) => `  ${name.padEnd(14)}${about}`)
  process.stderr.write(
    `npm run bench -- NAME [--rows N] [--rounds N] [--json FILE], where NAME is one of\n${lines.join('\n')}\n`,
  )
  process.stderr.write('  report        Writes docs/performance.md from out/bench/*.json\n')
  process.exit(2)
}

const count = (text: string): number => (/^\d+(_\d+)*$/.test(text) ? Number(text.replaceAll('_', '')) : usage())

const said: string[] = []
const run: Run = {
  rows: count(values.rows),
  rounds: count(values.rounds),
  limit: count(values.limit),
  real: values.real,
  peers: values.peers === undefined ? undefined : new Set(values.peers.split(',')),
  specs: values.specs ?? process.env['MAGPIE_SPECS'] ?? join(ROOT, 'test', 'specs'),
  say: (line) => {
    said.push(line)
    process.stdout.write(`note: ${line}\n`)
  },
}

const ofReal = (figure: Figure): Figure => (figure.rows === 0 ? figure : { ...figure, real: true })

const [name] = positionals
if (values.report || name === 'report') {
  await writeReport()
} else {
  const bench = BENCHES.find((one) => one.name === name) ?? usage()
  process.stdout.write(`${bench.name}: ${bench.about}\n`)
  const answers: readonly Figure[] = await bench.run(run)
  const figures = run.real ? answers.map(ofReal) : answers
  process.stdout.write(`${printed(figures.filter((figure) => !isSpec(figure.case)))}\n`)
  const sized = figures.some(({ rows }) => rows > 0)
  const file = sized ? `${bench.name}-${run.real ? 'real' : run.rows}` : bench.name
  const kept = join(outFolder(), `${file}.json`)
  writeFileSync(values.json ?? kept, `${JSON.stringify(figures, null, 2)}\n`)
  writeFileSync(join(outFolder(), `${file}.notes.txt`), said.map((line) => `${line}\n`).join(''))
}
process.exit(0)
