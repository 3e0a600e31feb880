// Protects: the lag that the metrics page tells is that of the event loop, since the page was last asked for.
import { setTimeout } from 'node:timers/promises'
import { expect, onTestFinished, test } from 'vitest'
import { watchEventLoop } from '../src/event-loop-lag.ts'
import { evaluatorThatWaits } from './evaluator-that-waits.ts'
import { startService } from './start-service.ts'

const most = (lag: ReturnType<typeof watchEventLoop>): number =>
  lag.take().find(({ quantile }) => quantile === 1)?.seconds ?? Number.NaN

test('a loop that was held up shows it once', async () => {
  const lag = watchEventLoop()
  onTestFinished(lag.stop)
  lag.take()
  await setTimeout(50)
  lag.take()
  await setTimeout(50)
  const until = performance.now() + 400
  while (performance.now() < until);
  await setTimeout(50)
  const held = most(lag)
  expect(held).toBeGreaterThan(0.3)
  expect(lag.take()).toEqual([])
})

test('it is told with the other metrics, and watched once somebody has asked for them', async () => {
  const { url } = await startService({}, evaluatorThatWaits().create)
  const page = async (): Promise<string> => (await fetch(`${url}/metrics`)).text()
  await setTimeout(50)
  expect(await page()).not.toContain('magpie_event_loop_lag_seconds{')
  await setTimeout(50)
  expect(await page()).toMatch(/^magpie_event_loop_lag_seconds\{quantile="0.99"\} \d/m)
})
