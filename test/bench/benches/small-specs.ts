import type { Page } from 'playwright-core'
import { readCorpus, type CorpusSpec } from '../../exact/corpus.ts'
import type { Bench, Run } from '../bench.ts'
import { figuresOf, type Samples } from '../figure.ts'
import { openChromium } from '../site/chromium.ts'
import type { Outcome } from '../site/pages/picture.ts'
import { openSite } from '../site/site.ts'
import { median } from '../statistics.ts'

const SUBJECTS = ['magpie', 'vega-embed'] as const
type Subject = (typeof SUBJECTS)[number]

/** A ratio above which a chart is named. */
const NAMED = 1.5
const MOST = 12
/** A chart that seems slow is drawn so many times as often, and every one counts: a single pause would else make it slow. */
const AGAIN = 4

/** Every address of a data set of the corpus, at the page's own origin. */
const localised = ({ text }: CorpusSpec): string =>
  text.replace(/"url":\s*"(?:[^"]*\/)?data\/([^"?#]+)"/g, (_, file: string) => `"url": "/data/${file}"`)

const draw = (page: Page, who: Subject, text: string): Promise<Outcome> =>
  page.evaluate(([subject, spec]) => window.smallSpecs.draw(subject, spec), [who, text] as const)

type Times = Readonly<Record<Subject, readonly number[]>>

const seemsSlow = (times: Times): boolean => median(times.magpie) / median(times['vega-embed']) > NAMED

/** The same spec in turns; the first turn of each warms up. Undefined, and why, where nothing can be compared. */
async function compared(page: Page, entry: CorpusSpec, rounds: number): Promise<Times | string> {
  const text = localised(entry)
  const samples: Record<Subject, number[]> = { magpie: [], 'vega-embed': [] }
  for (let round = -1; round < rounds || (round < rounds * AGAIN && seemsSlow(samples)); round += 1) {
    const order = round % 2 === 0 ? SUBJECTS : [...SUBJECTS].reverse()
    const drawn = new Map<Subject, Outcome>()
    for (const who of order) drawn.set(who, await draw(page, who, text))
    const [ours, plain] = SUBJECTS.map((who) => drawn.get(who))
    if (ours === undefined || plain === undefined || plain.error !== undefined)
      return `vega-embed alone fails: ${plain?.error ?? ''}`
    if (ours.error !== undefined) throw new Error(`${entry.path}: ${ours.error}`)
    if (ours.picture !== plain.picture) {
      const again = await draw(page, 'vega-embed', text)
      if (again.picture === plain.picture) throw new Error(`${entry.path}: ours is not the picture of vega-embed`)
      return 'vega-embed alone draws another picture each time'
    }
    if (round >= 0) SUBJECTS.forEach((who) => samples[who].push(drawn.get(who)?.ms ?? Number.NaN))
  }
  return samples
}

interface Drawn {
  readonly path: string
  readonly magpie: number
  readonly plain: number
}

const ratioOf = ({ magpie, plain }: Drawn): number => magpie / plain

function tell(drawn: readonly Drawn[], run: Run): void {
  const ratios = drawn.map(ratioOf)
  const slow = drawn.filter((one) => ratioOf(one) > NAMED).sort((a, b) => ratioOf(b) - ratioOf(a))
  run.say(
    `${drawn.length} specs, the same picture in each: median of the ratios ${median(ratios).toPrecision(3)}, greatest ${Math.max(...ratios).toPrecision(3)}, ${slow.length} above ${NAMED}`,
  )
  for (const one of slow.slice(0, MOST))
    run.say(`${one.path}: ${one.magpie.toFixed(1)} ms against ${one.plain.toFixed(1)} ms`)
}

export const smallSpecs: Bench = {
  name: 'small-specs',
  about:
    'From a spec to its visible picture in Chromium, over a folder of specs on small data, beside vega-embed alone',
  run: async (run) => {
    const site = await openSite(['small-specs'])
    const chromium = await openChromium()
    const drawn: Drawn[] = []
    const cases: Samples[] = []
    const left = new Map<string, number>()
    try {
      const page = await chromium.newPage()
      await page.goto(`${site.url}/small-specs`)
      await page.waitForFunction(() => 'smallSpecs' in window)
      for (const entry of readCorpus(run.specs).slice(0, run.limit)) {
        const found = await compared(page, entry, run.rounds)
        if (typeof found === 'string') {
          left.set(found, (left.get(found) ?? 0) + 1)
          continue
        }
        const subjects = new Map(Object.entries(found))
        cases.push({ bench: 'small-specs', case: `spec ${entry.path}`, rows: 0, unit: 'ms', subjects })
        drawn.push({ path: entry.path, magpie: median(found.magpie), plain: median(found['vega-embed']) })
      }
    } finally {
      await chromium.close()
      await site.stop()
    }
    left.forEach((count, why) => run.say(`${count} specs are left out: ${why}`))
    if (drawn.length === 0) return []
    tell(drawn, run)
    const all = new Map([
      ['magpie', drawn.map(({ magpie }) => magpie)],
      ['vega-embed', drawn.map(({ plain }) => plain)],
    ])
    const overall: Samples = { bench: 'small-specs', case: `${drawn.length} specs`, rows: 0, unit: 'ms', subjects: all }
    return [overall, ...cases].flatMap(figuresOf)
  },
}
