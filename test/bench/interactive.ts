import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { mustEqual, type Row } from './answers.ts'
import type { Run } from './bench.ts'
import { withFlights } from './charts.ts'
import { brushesOf, DASHBOARDS, storeOf, type Dashboard } from './dashboards.ts'
import { figuresOf, type Figure } from './figure.ts'
import { flights } from './flights.ts'
import { binsOfViews } from './linked-sql.ts'
import { rowsInMemory } from './peers/plain-vega.ts'
import { sqlPeer } from './peers/sql-peer.ts'
import { startService, tableHome, upload } from './service.ts'
import { openChromium } from './site/chromium.ts'
import type { Opened, Task } from './site/pages/task.ts'
import { openSite, type Site } from './site/site.ts'

const PAGES = { magpie: 'open-magpie', 'vega-embed': 'open-plain' } as const
type Subject = keyof typeof PAGES
const SUBJECTS = Object.keys(PAGES) as readonly Subject[]

/** Rows as a page without a server would load them; infinite delays have no form in JSON, and the charts leave them out. */
async function writeJson(rows: readonly Row[], file: string): Promise<void> {
  const out = createWriteStream(file)
  const finished = new Promise<void>((resolve, reject) => out.once('finish', resolve).once('error', reject))
  let before = '['
  for (const { delay, distance, time } of rows) {
    if (delay !== null && !Number.isFinite(delay)) continue
    out.write(`${before}${JSON.stringify({ delay, distance, time: Number(time) })}`)
    before = ',\n'
  }
  out.end(']')
  await finished
}

/** A fresh browser profile: nothing is cached. */
async function visit(chromium: Browser, site: Site, who: Subject): Promise<Opened> {
  const context = await chromium.newContext({ timezoneId: 'UTC' })
  const errors: string[] = []
  try {
    const page = await context.newPage()
    page.on('pageerror', (error) => errors.push(error.message))
    await page.goto(`${site.url}/${PAGES[who]}`)
    const opened = await page.waitForFunction(() => window.opened, undefined, { timeout: 300_000 })
    const value = await opened.jsonValue()
    if (value === undefined) throw new Error('the chart answered nothing')
    return value
  } catch (cause) {
    throw new Error(`${who}: ${errors.join('; ')}`, { cause })
  } finally {
    await context.close()
  }
}

const figures = (dashboard: Dashboard, rows: number, all: ReadonlyMap<Subject, readonly Opened[]>): readonly Figure[] =>
  (['drawn', 'answered'] as const).flatMap((what) =>
    figuresOf({
      bench: 'page',
      case: `${dashboard.name}: navigation to ${what === 'drawn' ? 'picture' : 'answer to a brush'}`,
      rows,
      unit: 'ms',
      subjects: new Map([...all].map(([who, list]) => [who, list.map((opened) => opened[what])])),
    }),
  )

/** From navigation to a crossfilter that has answered a brush, in an empty browser, beside a page with vega-embed alone. */
export async function timeToInteractive(run: Run): Promise<readonly Figure[]> {
  const [dashboard] = DASHBOARDS
  if (dashboard === undefined) return []
  const { rows, parquet, arrow } = await flights(run.rows, run.real)
  const home = tableHome()
  const service = await startService(home)
  const sql = await sqlPeer(parquet)
  const chromium = await openChromium()
  let site: Site | undefined
  try {
    const table = await upload(service, home, arrow)
    const json = join(home.folder, 'flights.json')
    await writeJson(await rowsInMemory(parquet), json)
    const bins = await binsOfViews(dashboard, sql)
    const [brush = []] = brushesOf(dashboard, bins, [{ at: 0, view: 0, ends: [0.2, 0.5] }])
    const task = { store: storeOf(dashboard, brush), data: dashboard.views.map(({ data }) => data) }
    const tasks: Record<string, Task> = {
      [PAGES.magpie]: { ...task, spec: withFlights(dashboard.spec, { url: table.url }), grants: [table.grant] },
      [PAGES['vega-embed']]: { ...task, spec: withFlights(dashboard.spec, { url: '/flights.json' }), grants: [] },
    }
    site = await openSite(Object.values(PAGES), { service: service.url, files: { '/flights.json': json }, tasks })
    const opened = new Map<Subject, Opened[]>(SUBJECTS.map((who) => [who, []]))
    for (let round = 0; round < run.rounds; round += 1)
      for (const who of round % 2 === 0 ? SUBJECTS : [...SUBJECTS].reverse())
        opened.get(who)?.push(await visit(chromium, site, who))
    for (const { data, columns, field } of dashboard.views) {
      const [expected, ...others] = SUBJECTS.toReversed().flatMap((who) => opened.get(who) ?? [])
      for (const other of others)
        mustEqual(`${dashboard.name}, ${field}, brushed`, expected?.rows[data] ?? [], other.rows[data] ?? [], columns)
    }
    return figures(dashboard, rows, opened)
  } finally {
    await chromium.close()
    await site?.stop()
    sql.close()
    await service.stop()
    home.remove()
  }
}
