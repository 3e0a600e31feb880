/** Protects: a page is not kept waiting. The skeleton comes first, the program when a chart needs it, all values in one answer. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { vegaService } from '../../client-runtime/test/support/vega-service.ts'
import type { MagpieChartProps } from '../src/index.ts'
import { browser as launch } from './page/browser.ts'
import { serve, type TestServer } from './page/serve.ts'
import { BARS, CROSSFILTER, flights, HASH } from './page/specs.ts'

const PROGRAM = /open-chart/

let browser: Browser
let server: TestServer
let folder: string
let page: Page
let scripts: string[]
let requests: number

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'magpie-first-paint-'))
  ;[browser, server] = await Promise.all([launch(), serve(folder)])
})

afterAll(async () => {
  await Promise.all([browser.close(), server.close()])
  await rm(folder, { recursive: true })
})

beforeEach(async () => {
  const service = vegaService(() => ({ [HASH]: flights(500) }))
  requests = 0
  server.answerWith((body) => {
    requests += 1
    return service.answer(body)
  })
  scripts = []
  page = await browser.newPage()
  page.setDefaultTimeout(240_000)
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()))
  await page.goto(server.url)
})

afterEach(async () => {
  await page.close()
})

const mount = (props: MagpieChartProps): Promise<void> =>
  page.evaluate((given) => window.magpie.mount(given), { endpoint: '/relay', renderer: 'svg', ...props } as const)

const skeleton = () => page.getByRole('status', { name: 'Loading chart' })
const ready = (): Promise<unknown> => page.waitForSelector('[data-magpie-phase=ready] svg', { state: 'visible' })

/** A gate that holds what comes to it until it is opened. */
const gate = (): { readonly passed: Promise<void>; readonly open: () => void } => {
  let open = (): void => undefined
  const passed = new Promise<void>((resolve) => (open = resolve))
  return { passed, open: () => open() }
}

it('shows a skeleton of the chart’s height while its program loads', async () => {
  const { passed, open } = gate()
  await page.route(PROGRAM, async (route) => {
    await passed
    await route.continue()
  })
  await mount({ spec: BARS })
  await skeleton().waitFor()
  expect((await skeleton().boundingBox())?.height).toBe(BARS.height)
  expect(requests).toBe(0)
  open()
  await ready()
  expect(await skeleton().count()).toBe(0)
})

it('shows the skeleton until the data is there, then the whole chart', async () => {
  const { passed, open } = gate()
  const service = vegaService(() => ({ [HASH]: flights(500) }))
  server.answerWith(async (body) => {
    requests += 1
    await passed
    return service.answer(body)
  })
  const asked = page.waitForRequest('**/v1/query')
  await mount({ spec: BARS })
  await asked
  expect(await skeleton().isVisible()).toBe(true)
  expect(await page.locator('svg').count()).toBe(0)
  open()
  await ready()
  expect(await page.locator('svg path[aria-roledescription=bar]').count()).toBe(4)
})

it('loads its program with the first chart only, and asks for nothing else when a second one comes', async () => {
  expect(scripts.some((url) => PROGRAM.test(url))).toBe(false)
  await mount({ spec: BARS })
  await ready()
  const loaded = scripts.length
  expect(scripts.filter((url) => PROGRAM.test(url))).toHaveLength(1)
  await page.evaluate(() => window.magpie.finalize())
  await mount({ spec: CROSSFILTER })
  await ready()
  expect(scripts).toHaveLength(loaded)
})

it('asks once for all values of a chart', async () => {
  await mount({ spec: CROSSFILTER })
  await ready()
  expect(requests).toBe(1)
})

it('asks nothing for a chart whose rows are in its spec', async () => {
  await mount({ spec: { ...BARS, data: { values: flights(20) } } })
  await ready()
  expect(requests).toBe(0)
})
