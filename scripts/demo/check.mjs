import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { ROOT } from '../setup/run.mjs'
import { expectedBars } from './expected-bars.mjs'
import { readChart } from './read-chart.mjs'

const OUT = join(ROOT, 'out', 'demo')
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]
const VIEWS = ['distance', 'delay', 'hour']
const LIMIT = 300_000

/** Waits until `probe` gives something truthy; says what it waited for when it does not. */
async function until(what, probe) {
  const end = Date.now() + LIMIT
  for (;;) {
    const found = await probe()
    if (found) return found
    if (Date.now() > end) throw new Error(`${what}: not within ${LIMIT / 1000} s`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

const total = (bars) => [...bars.values()].reduce((sum, count) => sum + count, 0)

function differ(expected, actual) {
  for (const key of new Set([...expected.keys(), ...actual.keys()])) {
    if (expected.get(key) !== actual.get(key))
      return `bar ${key}: DuckDB counts ${expected.get(key) ?? 0}, the chart shows ${actual.get(key) ?? 0}`
  }
  return undefined
}

/** Drags a brush over part of the first histogram, in steps, as a hand would. */
async function brush(page, plot) {
  const y = plot.y + plot.height / 2
  await page.mouse.move(plot.x + plot.width * 0.1, y)
  await page.mouse.down()
  for (let step = 1; step <= 12; step += 1) await page.mouse.move(plot.x + plot.width * (0.1 + 0.025 * step), y + step)
  await page.mouse.up()
}

/** Values that the service has computed so far, whatever the engine. */
const computed = async (metrics) =>
  [...(await metrics())].reduce(
    (sum, [name, value]) => (name.startsWith('magpie_evaluations_total') ? sum + value : sum),
    0,
  )

async function checkApp(app, browser, { metrics, first }) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 720 }, timezoneId: 'Asia/Kolkata' })
  page.setDefaultTimeout(LIMIT)
  const problems = []
  page.on('pageerror', (error) => problems.push(error.message))
  try {
    const read = () => page.evaluate(readChart, VIEWS)
    const computedBefore = first ? 0 : await computed(metrics)
    await page.goto(app.url)
    let last
    const before = await until('the chart drew and stands still', async () => {
      const chart = await read()
      const stands = JSON.stringify(chart?.plot) === JSON.stringify(last?.plot)
      last = chart
      return chart?.phase === 'ready' && stands && chart.bars.every((bars) => bars.length > 0) ? chart : undefined
    })
    const flights = total(new Map(before.bars[0]))
    if (flights !== 3_000_000) throw new Error(`the chart shows ${flights} flights`)
    if (!first && (await computed(metrics)) !== computedBefore)
      throw new Error('the service computed again what another framework had asked for')
    await brush(page, before.plot)
    let problem = 'there is no brush'
    const counted = await until('the bars follow the brush', async () => {
      const chart = await read()
      if (chart?.phase !== 'ready' || chart.brush === undefined) return undefined
      const expected = []
      for (const view of VIEWS) expected.push(await expectedBars(view, view === 'distance' ? undefined : chart.brush))
      problem = expected.map((bars, index) => differ(bars, new Map(chart.bars[index]))).find((found) => found)
      return problem === undefined ? expected : undefined
    }).catch((error) => {
      throw new Error(`${error.message}; ${problem}`)
    })
    for (const [index, bars] of counted.entries())
      process.stdout.write(
        `  ${app.name}: ${bars.size} bars of ${VIEWS[index]} equal DuckDB’s, ${total(bars)} flights\n`,
      )
    const seen = page.getByText(`'distance'`).first()
    let text = 'nothing'
    await until('Python shows the brush', async () => {
      text = await seen.innerText({ timeout: LIMIT })
      const numbers = [...text.matchAll(/-?\d+(?:\.\d+)?/g)].map(Number)
      const extent = (await read())?.brush
      return extent?.every((end) => numbers.some((number) => Math.abs(number - end) < 1e-6))
    }).catch((error) => {
      throw new Error(`${error.message}; it shows ${text.trim()}`)
    })
    process.stdout.write(`  ${app.name}: Python received ${text.trim().split('\n')[0]}\n`)
    await page.screenshot({ path: join(OUT, `${app.name.toLowerCase()}.png`) })
    if (problems.length > 0) throw new Error(`errors in the page: ${problems.join('; ')}`)
    return true
  } catch (error) {
    await page.screenshot({ path: join(OUT, `${app.name.toLowerCase()}-failed.png`) })
    process.stderr.write(`✗ ${app.name}: ${error.message}\n${app.log()}\n`)
    return false
  } finally {
    await page.close()
  }
}

/**
 * Opens each app, drags a brush, and holds the bars of all views against DuckDB's own answer and the selection against what
 * Python shows.
 * @param {Awaited<ReturnType<typeof import('./apps.mjs').startApps>>} apps
 * @param {string} executablePath path of Chromium
 * @returns {Promise<boolean>} did all pass?
 */
export async function checkApps(apps, executablePath) {
  mkdirSync(OUT, { recursive: true })
  const browser = await chromium.launch({ executablePath, args: FLAGS, timeout: LIMIT })
  try {
    let good = true
    for (const [index, app] of apps.list.entries()) {
      const passed = await checkApp(app, browser, { metrics: apps.metrics, first: index === 0 })
      process.stdout.write(passed ? `✓ ${app.name}\n` : '')
      good &&= passed
    }
    const uploads = (await apps.metrics()).get('magpie_uploads_total{outcome="accepted"}')
    process.stdout.write(`  Shared by all three: ${uploads} upload of the frame, the first drawing computed once\n`)
    return good && uploads === 1
  } finally {
    await browser.close()
  }
}
