import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { encodeQueryResponse, MagpieError } from '@magpie-vega/protocol'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { vegaService } from '../../client-runtime/test/support/vega-service.ts'
import type { Tables } from '../../client-runtime/test/support/vega-service.ts'
import type { MagpieChartProps } from '../src/index.ts'
import { browser as launch } from './page/browser.ts'
import { serve } from './page/serve.ts'
import type { TestServer } from './page/serve.ts'
import { BARS, CROSSFILTER, flights, HASH } from './page/specs.ts'

const dead = (): Promise<Uint8Array> => Promise.reject(new Error('the service is away'))

let browser: Browser
let server: TestServer
let folder: string
let page: Page
let complaints: string[]
let tables: Tables
let service: ReturnType<typeof vegaService>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-react-'))
  ;[browser, server] = await Promise.all([launch(), serve(folder)])
})

afterAll(async () => {
  await Promise.all([browser.close(), server.close()])
  await rm(folder, { recursive: true })
})

beforeEach(async () => {
  tables = { [HASH]: flights(500) }
  service = vegaService(() => tables)
  server.answerWith((body) => service.answer(body))
  complaints = []
  page = await browser.newPage()
  page.setDefaultTimeout(240_000)
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(server.url)
})

afterEach(async () => {
  await page.close()
})

const mount = (props: MagpieChartProps): Promise<void> =>
  page.evaluate((given) => window.magpie.mount(given), { endpoint: '/relay', ...props })

const phase = (name: string): Promise<unknown> => page.waitForSelector(`[data-magpie-phase=${name}]`)

const drawn = async (props: MagpieChartProps): Promise<void> => {
  await mount(props)
  await page.waitForSelector('[data-magpie-phase=ready] svg', { state: 'visible' })
}

/** What the bars say to a screen reader, which is what they show. */
const bars = (): Promise<string[]> =>
  page.$$eval('svg path[aria-roledescription=bar]', (paths) =>
    paths.map((path) => path.getAttribute('aria-label') ?? '').sort(),
  )

const screenshot = async (name: string): Promise<void> => {
  const out = process.env['MAGPIE_SCREENSHOTS']
  if (out !== undefined) await page.screenshot({ path: join(out, `${name}.png`) })
}

/** Drags over the middle of the first view. */
const brush = async (): Promise<void> => {
  const box = await page.locator('svg .root > g > g > g').first().boundingBox()
  if (box === null) throw new Error('no view')
  await page.mouse.move(box.x + 100, box.y + 60)
  await page.mouse.down()
  await page.mouse.move(box.x + 150, box.y + 60, { steps: 4 })
  await page.mouse.move(box.x + 200, box.y + 60, { steps: 4 })
  await page.mouse.up()
}

/** Waits until the reported brush is not empty and the other view counts what it holds; the brush. */
const followed = async (): Promise<unknown> => {
  const distances = flights(500).map(({ distance }) => Number(distance))
  const handle = await page.waitForFunction((all) => {
    const brushed = window.magpie.selections.at(-1)?.['brush']
    const [low, high] = (brushed?.value as { distance?: readonly number[] } | undefined)?.distance ?? []
    if (low === undefined || high === undefined) return undefined
    const selected = all.filter((distance) => distance >= low && distance <= high).length
    const shown = [...document.querySelectorAll('svg path[aria-roledescription=bar]')].flatMap(
      (bar) => /^delay .*Count of Records: (\d+)$/.exec(bar.getAttribute('aria-label') ?? '')?.[1] ?? [],
    )
    return shown.reduce((sum, count) => sum + Number(count), 0) === all.length + selected ? brushed : undefined
  }, distances)
  return handle.jsonValue()
}

describe('MagpieChart in Chromium, without eval', () => {
  it('draws, brushes, follows the brush in the other view and reports the selection', async () => {
    await drawn({ spec: CROSSFILTER, renderer: 'svg' })
    await screenshot('crossfilter')
    const before = await bars()
    await brush()
    const brushed = await followed()
    await screenshot('crossfilter-brushed')
    expect(await bars()).not.toEqual(before)
    expect(brushed).toMatchObject({ type: 'interval', value: { distance: [expect.any(Number), expect.any(Number)] } })
    expect(complaints).toEqual([])
  })

  it('draws on canvas by default', async () => {
    await mount({ spec: CROSSFILTER })
    await page.waitForSelector('[data-magpie-phase=ready] canvas', { state: 'visible' })
    expect(complaints).toEqual([])
  })

  it('is as wide as its container, also when that changes, and reports parameters and points', async () => {
    await drawn({ spec: BARS, renderer: 'svg' })
    await page.waitForFunction(() => document.querySelector('svg')?.getBoundingClientRect().width === 700)
    await page.$eval('#box', (box) => ((box as HTMLElement).style.width = '420px'))
    await page.waitForFunction(() => document.querySelector('svg')?.getBoundingClientRect().width === 420)
    await page.click('svg path[aria-label^="carrier: DL"]')
    await page.waitForFunction(() => window.magpie.selections.length > 0)
    expect(await page.evaluate(() => window.magpie.selections.at(-1)?.['chosen'])).toMatchObject({
      type: 'point',
      value: [{ carrier: 'DL' }],
    })
    expect(await page.evaluate(() => window.magpie.params)).toEqual([{ least: 0 }])
    await page.$eval('input[type=range]', (input) => {
      ;(input as HTMLInputElement).value = '1200'
      input.dispatchEvent(new Event('input'))
    })
    await page.waitForFunction(() => window.magpie.params.length > 1)
    expect(await page.evaluate(() => window.magpie.params.at(-1))).toEqual({ least: 1200 })
    expect(complaints).toEqual([])
  })

  it('says when nothing is left to draw, and stops saying so', async () => {
    await drawn({ spec: BARS, renderer: 'svg' })
    const slide = (value: string): Promise<void> =>
      page.$eval(
        'input[type=range]',
        (input, to) => {
          ;(input as HTMLInputElement).value = to
          input.dispatchEvent(new Event('input'))
        },
        value,
      )
    await slide('3000')
    await page.getByText('No rows').waitFor()
    await screenshot('empty')
    await slide('0')
    await page.getByText('No rows').waitFor({ state: 'detached' })
    expect(await bars()).toHaveLength(4)
  })

  it('keeps the chart under a banner while the service is away, and recovers without a reload', async () => {
    await drawn({ spec: CROSSFILTER, renderer: 'svg' })
    server.answerWith(dead)
    await brush()
    await phase('reconnecting')
    await screenshot('reconnecting')
    expect(await page.getByRole('status').innerText()).toMatch(
      /could not reach the runtime service.*tries again by itself/,
    )
    expect(await page.isVisible('svg')).toBe(true)
    service.restart()
    server.answerWith((body) => service.answer(body))
    await phase('ready')
    expect(await page.getByRole('status').count()).toBe(0)
  })

  it('starts by itself when the service comes late, with the page usable meanwhile', async () => {
    server.answerWith(dead)
    await mount({ spec: CROSSFILTER, renderer: 'svg' })
    await phase('reconnecting')
    await screenshot('late')
    expect(await page.isVisible('#above')).toBe(true)
    server.answerWith((body) => service.answer(body))
    await page.waitForSelector('[data-magpie-phase=ready] svg', { state: 'visible' })
  })

  it('asks its host for a table that the service lost, and draws once it is back', async () => {
    tables = {}
    await mount({ spec: CROSSFILTER, renderer: 'svg' })
    await page.waitForFunction(() => window.magpie.missing > 0)
    tables = { [HASH]: flights(500) }
    await page.waitForSelector('[data-magpie-phase=ready] svg', { state: 'visible' })
  })

  it('shows a refusal as one sentence with place, cause and remedy, and draws after the host mended it', async () => {
    const error = new MagpieError('column-missing', 'The table has no column distanse', {
      place: '/encoding/x/field',
      remedy: 'Did you mean distance?',
    })
    server.answerWith(() =>
      Promise.resolve(
        encodeQueryResponse({
          kind: 'results',
          graphHash: new Uint8Array([1]),
          results: Array.from({ length: 20 }, () => error),
        }),
      ),
    )
    await mount({ spec: CROSSFILTER, renderer: 'svg' })
    await phase('error')
    await screenshot('error')
    expect(await page.getByRole('alert').innerText()).toBe(
      'The table has no column distanse (/encoding/x/field). Did you mean distance?',
    )
    server.answerWith((body) => service.answer(body))
    await page.evaluate(() => window.magpie.update({ grants: ['better'] }))
    await page.waitForSelector('[data-magpie-phase=ready] svg', { state: 'visible' })
  })

  it("shows the host's own error, a version mismatch, and a spec that does not compile", async () => {
    await mount({
      spec: CROSSFILTER,
      error: { message: 'The frame has a column of type object', place: 'data.payload', remedy: 'Drop it.' },
    })
    await phase('error')
    expect(await page.getByRole('alert').innerText()).toBe(
      'The frame has a column of type object (data.payload). Drop it.',
    )
    await page.evaluate(() =>
      window.magpie.update({ error: undefined as never, protocolVersion: 99, packageVersion: '9.9.0' }),
    )
    await page.getByText('The Python package 9.9.0 speaks version 99').waitFor()
    await page.evaluate(() =>
      window.magpie.update({
        protocolVersion: 1,
        spec: { $schema: 'https://vega.github.io/schema/vega-lite/v6.json', mark: { nonsense: true } },
      }),
    )
    await page.getByText('The chart cannot be drawn').waitFor()
    await page.evaluate((spec) => window.magpie.update({ spec, renderer: 'svg' }), CROSSFILTER)
    await page.waitForSelector('[data-magpie-phase=ready] svg', { state: 'visible' })
  })

  it('draws nothing again for an equal spec, draws another spec, and leaves nothing behind', async () => {
    await drawn({ spec: CROSSFILTER, renderer: 'svg' })
    const asked = service.requests.length
    await page.$eval('svg', (svg) => svg.setAttribute('data-mark', 'first'))
    await page.evaluate((spec) => window.magpie.update({ spec: structuredClone(spec), debounce: 10 }), CROSSFILTER)
    await page.waitForTimeout(200)
    expect([service.requests.length, await page.locator('svg[data-mark=first]').count()]).toEqual([asked, 1])
    await page.evaluate((spec) => window.magpie.update({ spec }), BARS)
    await page.waitForSelector('input[type=range]', { state: 'visible' })
    await phase('ready')
    expect(await page.locator('svg').count()).toBe(1)
    await page.evaluate(() => window.magpie.finalize())
    expect(await page.$eval('#chart', (chart) => chart.childElementCount)).toBe(0)
    expect(complaints).toEqual([])
  })

  it('keeps its View, and so its brush, when only the data changes', async () => {
    await drawn({ spec: CROSSFILTER, renderer: 'svg' })
    await brush()
    await followed()
    const before = await bars()
    const other = 'ef'.repeat(32)
    tables = { ...tables, [other]: flights(500).map((row) => ({ ...row, delay: Number(row['delay']) / 2 })) }
    await page.$eval('svg', (svg) => svg.setAttribute('data-mark', 'first'))
    await page.evaluate(
      ([spec, hash]) => window.magpie.update({ spec: { ...spec, data: { url: `magpie+table://${hash}` } } }),
      [CROSSFILTER, other] as const,
    )
    await page.waitForFunction((old) => {
      const now = [...document.querySelectorAll('svg path[aria-roledescription=bar]')].map(
        (path) => path.getAttribute('aria-label') ?? '',
      )
      return JSON.stringify(now.sort()) !== old
    }, JSON.stringify(before))
    expect(await page.locator('svg[data-mark=first]').count()).toBe(1)
  })
})
