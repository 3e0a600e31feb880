import { answersDiffer, mustEqual, type Row } from '../answers.ts'
import { takesPart, type Bench, type Run } from '../bench.ts'
import { CHARTS, respelled, type Chart } from '../charts.ts'
import { figuresOf } from '../figure.ts'
import { flights } from '../flights.ts'
import { openOurs } from '../our-chart.ts'
import { plainVega, rowsInMemory, rowsOf } from '../peers/plain-vega.ts'
import { sqlPeer, type SqlPeer } from '../peers/sql-peer.ts'
import { vegaFusionPeer, type VegaFusionPeer } from '../peers/vegafusion-peer.ts'
import { interleaved, timed, type Subject } from '../rounds.ts'
import { startService, tableHome, upload, type Service, type TableHome, type Uploaded } from '../service.ts'

/** Plain Vega holds so many rows in reasonable time. */
const VEGA_ROWS = 1_000_000

type Answers = readonly (readonly Row[])[]

interface Everyone {
  readonly home: TableHome
  readonly table: Uploaded
  readonly warm: Service
  readonly sql: SqlPeer
  readonly vegaFusion: VegaFusionPeer | undefined
  readonly memory: readonly Row[] | undefined
}

const withColdService = async <T>(home: TableHome, work: (service: Service) => Promise<T>): Promise<T> => {
  const service = await startService(home)
  return work(service).finally(() => service.stop())
}

const subjectsOf = (chart: Chart, everyone: Everyone, answers: Map<string, Answers>, run: Run): readonly Subject[] => {
  const { home, table, warm, sql, vegaFusion, memory } = everyone
  const ours = (name: string, open: (round: number) => ReturnType<typeof openOurs>): Subject => ({
    name,
    run: async (round) => {
      const { ms, rows } = await open(round)
      answers.set(
        name,
        chart.drawn.map(({ data }) => rows(data)),
      )
      return ms
    },
  })
  const subjects: Subject[] = [
    ours('magpie, cold service', () => withColdService(home, (service) => openOurs(chart.spec, service, table))),
    ours('magpie, table loaded', (round) => openOurs(respelled(chart.spec, round), warm, table)),
    {
      name: 'hand-written SQL',
      run: async () => {
        const { ms, answer } = await timed(() => Promise.all(chart.drawn.map((drawn) => sql.drawn(drawn))))
        answers.set('hand-written SQL', answer)
        return ms
      },
    },
  ]
  if (vegaFusion !== undefined)
    subjects.push({
      name: 'VegaFusion',
      run: async () => {
        const { ms, rows } = await vegaFusion.datasets(
          chart.spec,
          chart.drawn.map(({ data }) => data),
        )
        answers.set('VegaFusion', rows)
        return ms
      },
    })
  if (memory !== undefined && takesPart(run, 'vega'))
    subjects.push({
      name: 'Vega',
      run: async () => {
        const { ms, answer: view } = await timed(() => plainVega(chart.spec, memory))
        answers.set(
          'Vega',
          chart.drawn.map(({ data }) => rowsOf(view, data)),
        )
        view.finalize()
        return ms
      },
    })
  return subjects
}

/** We must answer as Vega does, or where Vega cannot hold the rows, as the SQL that equals it where it can. */
function check(chart: Chart, answers: ReadonlyMap<string, Answers>, say: (line: string) => void): void {
  const oracle = answers.has('Vega') ? 'Vega' : 'hand-written SQL'
  const expected = answers.get(oracle) ?? []
  for (const [name, given] of answers) {
    chart.drawn.forEach(({ columns, data }, index) => {
      const right = expected[index] ?? []
      if (name === 'VegaFusion') {
        const found = answersDiffer(right, given[index] ?? [], columns)
        if (found !== undefined) say(`VegaFusion differs from ${oracle} in ${chart.name}: ${found}`)
      } else mustEqual(`${chart.name}, ${data}: ${oracle} and ${name}`, right, given[index] ?? [], columns)
    })
  }
}

/** VegaFusion may refuse a chart; that is told, not timed. */
async function willing(chart: Chart, peer: VegaFusionPeer | undefined, say: Run['say']): Promise<boolean> {
  try {
    await peer?.datasets(
      chart.spec,
      chart.drawn.map(({ data }) => data),
    )
    return true
  } catch (cause) {
    say(
      `VegaFusion does not draw ${chart.name}: ${(cause instanceof Error ? cause.message : String(cause)).slice(0, 200)}`,
    )
    return false
  }
}

export const firstRender: Bench = {
  name: 'first-render',
  about: 'From a spec to the data that it draws, values not cached',
  run: async (run) => {
    const { rows, parquet, arrow } = await flights(run.rows, run.real)
    const home = tableHome()
    const warm = await startService(home)
    const sql = await sqlPeer(parquet)
    const vegaFusion = takesPart(run, 'vegafusion') ? await vegaFusionPeer() : undefined
    try {
      await vegaFusion?.load(parquet)
      const table = await upload(warm, home, arrow)
      const memory = rows <= VEGA_ROWS && takesPart(run, 'vega') ? await rowsInMemory(parquet) : undefined
      const figures = []
      for (const chart of CHARTS) {
        const answers = new Map<string, Answers>()
        await openOurs(respelled(chart.spec, 100), warm, table)
        const drawsIt = await willing(chart, vegaFusion, run.say)
        const everyone = { home, table, warm, sql, vegaFusion: drawsIt ? vegaFusion : undefined, memory }
        const subjects = await interleaved(subjectsOf(chart, everyone, answers, run), run.rounds)
        check(chart, answers, run.say)
        figures.push(...figuresOf({ bench: 'first-render', case: chart.name, rows, unit: 'ms', subjects }))
      }
      return figures
    } finally {
      vegaFusion?.close()
      sql.close()
      await warm.stop()
      home.remove()
    }
  },
}
