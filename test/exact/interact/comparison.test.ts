import { parse, View, type Spec } from 'vega'
import { describe, expect, test } from 'vitest'
import { heldBounds, itemBounds } from '../scene-bounds.ts'
import { compareSnapshots } from '../compare.ts'
import { newTally } from '../difference.ts'
import type { Snapshot } from '../oracle.ts'
import { sceneOf } from '../scene.ts'
import { inNeitherOrder } from './order-of-either.ts'
import { sameButOrder } from './same-but-order.ts'
import { rootMark } from './scene-items.ts'
import { selectionNames, withSelectionNumbers } from './selection-dates.ts'
import { withoutHistory } from './without-history.ts'

const run = async (spec: object): Promise<View> =>
  new View(parse(structuredClone(spec) as Spec), { renderer: 'none' }).runAsync()

const snapshotOf = (rows: readonly object[], signals: Readonly<Record<string, unknown>> = {}): Snapshot => ({
  data: { rows },
  signals,
  scene: {},
})

const BARS = {
  width: 100,
  height: 100,
  signals: [{ name: 'least', value: 0 }],
  data: [
    {
      name: 'rows',
      values: [{ v: 1 }, { v: 2 }, { v: 3 }],
      transform: [{ type: 'filter', expr: 'datum.v > least' }],
    },
  ],
  marks: [{ type: 'rect', from: { data: 'rows' }, encode: { update: { x: { field: 'v' }, width: { value: 5 } } } }],
}

/** Charts that were driven may differ in their history alone: these are the checks that tell it from a wrong answer. */
describe('after interaction', () => {
  test('a box that Vega let grow is made anew, and any other stays as it is', async () => {
    const x = { signal: 'inside ? datum.inside : datum.beyond' }
    const view = await run({
      ...BARS,
      signals: [{ name: 'inside', value: false }],
      data: [
        {
          name: 'rows',
          values: [
            { beyond: -20, inside: 40, y: -50 },
            { beyond: 90, inside: 60, y: -60 },
          ],
        },
      ],
      marks: [
        {
          type: 'rect',
          from: { data: 'rows' },
          clip: true,
          encode: { update: { x, width: { value: 30 }, y: { field: 'y' }, y2: { signal: '100 - datum.y' } } },
        },
      ],
    })
    await view.signal('inside', true).runAsync()
    const mark = rootMark(view).items[0]?.items?.find(({ marktype }) => marktype === 'rect')
    const item = mark?.items[0]
    if (mark === undefined || item === undefined) throw new Error('nothing is drawn')
    expect(heldBounds(mark)).toMatchObject({ x1: 0, x2: 100 })
    expect(itemBounds()(mark)).toMatchObject({ x1: 40, x2: 90 })
    expect(itemBounds()(item)).toBe(heldBounds(item))
  })

  test('without its history a chart has its rows in their own order', async () => {
    const driven = await run(BARS)
    for (const least of [2, 0]) await driven.signal('least', least).runAsync()
    const fresh = await run(withoutHistory(BARS, driven))
    const order = (view: View): readonly unknown[] => (view.data('rows') as { readonly v: number }[]).map(({ v }) => v)
    expect(order(driven)).toEqual([3, 1, 2])
    expect(order(fresh)).toEqual([1, 2, 3])
  })

  test('what is drawn in front is compared by the items, not by when Vega numbered them', async () => {
    const raised = (at: number, ...v: readonly number[]): Promise<View> =>
      run({
        data: [{ name: 'rows', values: v.map((value) => ({ v: value })) }],
        marks: [
          {
            type: 'symbol',
            from: { data: 'rows' },
            encode: { update: { x: { field: 'v' }, zindex: { signal: `datum.v === ${at} ? 1 : 0` } } },
          },
        ],
      })
    const scene = async (view: Promise<View>): Promise<Snapshot> => ({
      data: {},
      signals: {},
      scene: sceneOf(await view),
    })
    const marks = await scene(raised(2, 1, 2, 3))
    expect(JSON.stringify(marks.scene)).toContain('"front":[1]')
    expect(compareSnapshots(marks, await scene(raised(2, 1, 2, 3)), newTally())).toBeUndefined()
    expect(sameButOrder(marks, await scene(raised(2, 3, 2, 1)))).toBeUndefined()
    expect(sameButOrder(marks, await scene(raised(3, 1, 2, 3)))).toBeDefined()
  })

  test('an order is accepted that the chart has with or without its history, and no third one', async () => {
    const view = await run({})
    const [one, two, three] = [{ v: 1 }, { v: 2 }, { v: 3 }]
    const looked = (...rows: readonly object[]) => ({ snapshot: snapshotOf(rows), view })
    const driven = snapshotOf([three, one, two])
    expect(inNeitherOrder(driven, looked(one, two, three), looked(three, one, two))).toBeUndefined()
    expect(inNeitherOrder(driven, looked(one, two, three), looked(one, two, three))).toBeUndefined()
    expect(inNeitherOrder(driven, looked(one, two, three), looked(two, one, three))).toContain('data rows[0].v')
    // seen in passing, its history is another
    expect(inNeitherOrder(driven, looked(one, two, three), looked(two, one, three), true)).toBeUndefined()
    expect(inNeitherOrder(driven, looked(three, one, two), looked(two, one, three), true)).toContain('data rows[0].v')
  })

  test('a mark in another order is accepted of a hurried chart where Vega itself was reordered alone', async () => {
    const chart = (...v: readonly number[]) =>
      run({ ...BARS, data: [{ name: 'rows', values: v.map((of) => ({ v: of })) }] })
    const looked = async (...v: readonly number[]) => {
      const view = await chart(...v)
      return { snapshot: { data: {}, signals: {}, scene: sceneOf(view) }, view }
    }
    const [driven, ours] = [await looked(3, 1, 2), await looked(2, 1, 3)]
    expect(inNeitherOrder(driven.snapshot, await looked(1, 2, 3), ours)).toContain('rows[0].v')
    expect(inNeitherOrder(driven.snapshot, await looked(1, 2, 3), ours, true)).toBeUndefined()
    expect(inNeitherOrder(driven.snapshot, await looked(3, 1, 2), ours, true)).toContain('rows[0].v')
  })

  test('rows in any order are the same rows, but other rows are not', () => {
    expect(sameButOrder(snapshotOf([{ v: 1 }, { v: 2 }]), snapshotOf([{ v: 2 }, { v: 1 }]))).toBeUndefined()
    expect(sameButOrder(snapshotOf([{ v: 1 }, { v: 2 }]), snapshotOf([{ v: 2 }, { v: 3 }]))).toContain('data rows')
  })

  test('dates are numbers in what a selection holds, and nowhere else', () => {
    const names = selectionNames({
      signals: [
        { name: 'brush_tuple' },
        { name: 'brush', update: 'vlSelectionResolve("brush_store", "union")' },
        { name: 'brush_modify', on: [{ update: 'modify("brush_store", brush_tuple, true)' }] },
      ],
      data: [{ name: 'rows', transform: [{ type: 'filter', expr: 'vlSelectionTest("brush_store", datum)' }] }],
    })
    expect([...names].sort()).toEqual(['brush', 'brush_store', 'brush_tuple'])
    const nested = selectionNames({
      signals: [{ name: 'unit' }],
      data: [{ name: 'rows', transform: [{ type: 'filter', expr: 'vlSelectionTest("pick_store", datum)' }] }],
      marks: [
        {
          type: 'group',
          signals: [
            { name: 'pick_tuple' },
            { name: 'pick_modify', on: [{ update: 'modify("pick_store", pick_tuple, {unit: "concat_0"})' }] },
          ],
        },
      ],
    })
    expect([...nested].sort()).toEqual(['pick_store', 'pick_tuple'])
    const day = new Date(86_400_000)
    const { signals, data } = withSelectionNumbers(snapshotOf([{ day }], { brush: { t: [day] }, other: day }), names)
    expect({ signals, data }).toEqual({
      signals: { brush: { t: [86_400_000] }, other: day },
      data: { rows: [{ day }] },
    })
  })
})
