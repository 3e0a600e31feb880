import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { DuckDBInstance } from '@duckdb/node-api'
import type { Row } from '../answers.ts'
import type { Bins } from '../bins.ts'
import { binned } from '../charts.ts'
import { KEPT, rowOf, type Dashboard } from '../dashboards.ts'
import { cacheFolder } from '../places.ts'

type Brushes = readonly (readonly [number, number] | undefined)[]

interface Columns {
  readonly numRows: number
  toArray(): readonly Row[]
}

interface Selection {
  update(clause: unknown): void
}

/** The parts of Mosaic that the bench calls. */
interface Core {
  readonly Coordinator: new (connector: object, options: object) => unknown
  readonly Selection: { intersect(options: object): Selection; single(options: object): Selection }
  readonly makeClient: (options: object) => unknown
  readonly clauseInterval: (field: string, value: readonly number[] | null, options: object) => unknown
}

interface Query {
  select(columns: object): Query
  where(filter: unknown): Query
  groupby(...columns: readonly string[]): Query
}

interface Sql {
  readonly Query: { from(table: string): Query }
  readonly sql: (texts: TemplateStringsArray, ...values: readonly unknown[]) => unknown
  readonly verbatim: (text: string) => unknown
  readonly count: () => unknown
}

interface Flechette {
  readonly float64: () => unknown
  readonly tableFromArrays: (columns: object, options: object) => unknown
  readonly tableToIPC: (table: unknown, options: object) => Uint8Array
}

/** Flechette is named too: its newest version asks for a package that npm does not have. */
const MANIFEST = {
  private: true,
  type: 'module',
  dependencies: { '@uwdata/mosaic-core': '0.32.0', '@uwdata/mosaic-sql': '0.32.0', '@uwdata/flechette': '2.5.0' },
  overrides: { '@uwdata/flechette': '2.5.0' },
}

async function installed(): Promise<{ readonly core: Core; readonly sql: Sql; readonly flechette: Flechette }> {
  const folder = cacheFolder('bench-mosaic')
  const manifest = join(folder, 'package.json')
  const wanted = JSON.stringify(MANIFEST)
  const packages = join(folder, 'node_modules', '@uwdata')
  if (!existsSync(packages) || !existsSync(manifest) || readFileSync(manifest, 'utf8') !== wanted) {
    writeFileSync(manifest, wanted)
    const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']
    const { status, stderr } = spawnSync('npm', args, { cwd: folder, encoding: 'utf8' })
    if (status !== 0) throw new Error(`Mosaic cannot be installed from npm: ${stderr.slice(0, 300)}`)
  }
  // the page's entry, not Node's, which wants a binding of its own
  const load = (name: string, entry: string): Promise<unknown> =>
    import(pathToFileURL(join(packages, name, entry)).href)
  const entry = join('dist', 'src', 'index.js')
  return {
    core: (await load('mosaic-core', entry)) as Core,
    sql: (await load('mosaic-sql', entry)) as Sql,
    flechette: (await load('flechette', join('src', 'index.js'))) as Flechette,
  }
}

/** Mosaic's coordinator over DuckDB in this process, one client for each view. */
export interface MosaicPeer {
  /** Resolves once every view has its answer. */
  brush(brushes: Brushes): Promise<void>
  rows(view: number): readonly Row[]
  close(): void
}

export interface MosaicOptions {
  readonly dashboard: Dashboard
  readonly bins: readonly Bins[]
  readonly parquet: string
  readonly preaggregate: boolean
}

/** Width of a view, in pixels: what Mosaic aggregates ahead by. */
const WIDTH = 200

export async function mosaicPeer({ dashboard, bins, parquet, preaggregate }: MosaicOptions): Promise<MosaicPeer> {
  const { core, sql, flechette } = await installed()
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  const hour = 'hour(time)::integer as hour'
  // its filters name columns, so it is given the hour as one, and only the rows that the dashboard keeps
  await connection.run(`create table flights as select *, ${hour} from read_parquet('${parquet}') where ${KEPT}`)
  const connector = {
    query: async ({ type, sql: text }: { readonly type: string; readonly sql: string }): Promise<unknown> => {
      if (type === 'exec') return void (await connection.run(text))
      const reader = await connection.runAndReadAll(text)
      // a result without rows has no columns either
      const columns = reader.getColumns()
      const numbers = reader
        .columnNames()
        .map((name, index) => [name, Float64Array.from((columns[index] ?? []) as readonly number[], Number)])
      const types = Object.fromEntries(reader.columnNames().map((name) => [name, flechette.float64()]))
      return flechette.tableToIPC(flechette.tableFromArrays(Object.fromEntries(numbers), { types }), {
        format: 'stream',
      })
    },
  }
  const coordinator = new core.Coordinator(connector, { logger: null, preagg: { enabled: preaggregate } })
  const selection = dashboard.intersect
    ? core.Selection.intersect({ cross: false })
    : core.Selection.single({ cross: false })
  const answers: (readonly Row[])[] = dashboard.views.map(() => [])
  let missing = 0
  let done = (): void => undefined
  let fail = (_cause: unknown): void => undefined
  const sources = dashboard.views.map((view, index) => {
    const own = bins[index]
    const column = own === undefined ? '' : binned(view.field, own)
    return core.makeClient({
      coordinator,
      selection,
      query: (filter: unknown) =>
        sql.Query.from('flights')
          .select({ b: sql.verbatim(column), n: sql.count() })
          .where(filter)
          .groupby('b'),
      queryResult: (data: Columns) => {
        answers[index] =
          own === undefined ? [] : data.toArray().map(({ b, n }) => rowOf(view, own, Number(b), Number(n)))
        missing -= 1
        if (missing === 0) done()
      },
      queryError: (cause: unknown) => fail(cause),
    })
  })
  const answered = (act: () => void): Promise<void> =>
    new Promise((resolve, reject) => {
      missing = dashboard.views.length
      done = resolve
      fail = reject
      act()
    })
  await answered(() => undefined)
  let before: Brushes = []
  return {
    brush: (brushes) =>
      answered(() => {
        const changed = brushes.findIndex((ends, index) => ends !== undefined && ends !== before[index])
        const index = changed < 0 ? brushes.findIndex((ends) => ends !== undefined) : changed
        const { start = 0, stop = 1 } = bins[index] ?? {}
        const ends = brushes[index] ?? [start, stop]
        before = brushes
        selection.update(
          core.clauseInterval(dashboard.views[index]?.field ?? '', [Math.min(...ends), Math.max(...ends)], {
            source: sources[index],
            scale: { type: 'linear', domain: [start, stop], range: [0, WIDTH] },
            pixelSize: 1,
          }),
        )
      }),
    rows: (view) => answers[view] ?? [],
    close: () => {
      connection.closeSync()
      instance.closeSync()
    },
  }
}
