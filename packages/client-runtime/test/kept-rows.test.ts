import { plan } from '@magpie-vega/planner'
import type { VegaSpec } from '@magpie-vega/planner'
import type { View } from 'vega'
import { describe, expect, test } from 'vitest'
import { openView } from '../src/open-view.ts'
import { HASH, TABLE } from './support/flights.ts'
import { headless, inline } from './support/plain-vega.ts'
import { vegaService } from './support/vega-service.ts'

const ROWS = Array.from({ length: 60 }, (_, i) => ({ i, v: (i * 37) % 23, g: 'abcdefg'.charAt((i * 5) % 7), w: i % 4 }))

const INSIDE = { type: 'filter', expr: 'datum.v >= lo && datum.v < hi' }
const COUNT = { type: 'aggregate', groupby: ['g'], ops: ['count', 'sum'], fields: [null, 'v'], as: ['n', 's'] }
const BIN = { type: 'bin', field: 'v', extent: [0, 23], step: { signal: 'hi / 6' }, as: ['v0', 'v1'] }

const chart = (transform: readonly object[], marks: readonly object[] = []): VegaSpec => ({
  signals: [
    { name: 'lo', value: 2 },
    { name: 'hi', value: 15 },
  ],
  data: [{ name: 'rows', url: TABLE, transform }],
  marks: [
    {
      type: 'symbol',
      from: { data: 'rows' },
      encode: {
        enter: { size: { signal: 'lo' } },
        update: { x: { signal: 'datum.n + datum.v + datum.v0' }, tooltip: { signal: 'datum' } },
      },
    },
    ...marks,
  ],
})

const plainly = (row: object): object => Object.fromEntries(Object.entries(row))
const rowsIn = (view: View): unknown => (view.data('rows') as object[]).map(plainly)

interface Mark {
  readonly items: readonly (Mark & Readonly<Record<string, unknown>>)[]
}
const drawn = (view: View): unknown =>
  (view.scenegraph() as unknown as { readonly root: Mark }).root.items[0]?.items.map(({ items }) =>
    items.map(({ x, size, tooltip }) => ({ x, size, tooltip: plainly(tooltip as object) })),
  )

/** What the signals become, one after the other: rows leave, come back, come for the first time, and all leave. */
const STATES: readonly (readonly [lo: number, hi: number])[] = [
  [6, 15],
  [0, 9],
  [0, 23],
  [12, 23],
  [22, 22],
  [3, 8],
  [3, 20],
  [0, 23],
]

/** After each change a planned chart holds its rows, and draws its items, in the very order of plain Vega. */
describe('rows that come and go', () => {
  test.each([
    ['of a table', [INSIDE]],
    ['of a table, with a column that follows a signal', [INSIDE, { type: 'formula', as: 'n', expr: 'datum.v - lo' }]],
    ['of a table whose column follows a signal', [{ type: 'formula', as: 'n', expr: 'datum.v * lo' }, INSIDE]],
    ['of two filters', [INSIDE, { type: 'filter', expr: 'datum.w !== 2' }]],
    ['as groups', [INSIDE, COUNT]],
    ['as groups, some of which are left out', [INSIDE, COUNT, { type: 'filter', expr: 'datum.n > 1' }]],
    ['as one group', [INSIDE, { ...COUNT, groupby: [] }]],
    ['as bins that change', [BIN, { type: 'aggregate', groupby: ['v0', 'v1'], as: ['n'] }]],
    ['as bins by a key', [BIN, { type: 'aggregate', key: 'v0', groupby: ['v0', 'v1'], as: ['n'] }]],
    ['as groups of sums that change', [{ type: 'formula', as: 'v', expr: 'datum.i * lo' }, COUNT]],
    ['of fixed groups', [COUNT, { type: 'filter', expr: 'datum.s % 7 > lo % 5' }]],
    [
      'of flattened rows',
      [
        { type: 'fold', fields: ['v', 'w'] },
        { type: 'filter', expr: 'datum.value >= lo' },
      ],
    ],
  ])('%s', async (_, transform) => {
    const spec = chart(transform)
    const errors: string[] = []
    const plain = await headless(inline(spec, ROWS), errors)
    let planned: View | undefined
    const opened = openView(plan(spec), {
      transport: vegaService(() => ({ [HASH]: ROWS })),
      timeZone: 'UTC',
      grants: [],
      makeView: (client) => headless(client, errors),
      makeProbe: (client) => headless(client, []),
      onView: (view) => (planned = view),
      onError: ({ sentence }) => errors.push(sentence),
    })
    await opened.settled()
    for (const [lo, hi] of STATES) {
      for (const view of [plain, planned]) await view?.signal('lo', lo).signal('hi', hi).runAsync()
      await opened.settled()
      await planned?.runAsync()
      expect(errors).toEqual([])
      expect(planned && rowsIn(planned)).toEqual(rowsIn(plain))
      expect(planned && drawn(planned)).toEqual(drawn(plain))
    }
    opened.finalize()
  })
})
