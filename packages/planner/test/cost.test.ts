/** Protects: rows that are drawn one by one travel once and no wider than their source; what is summarised is summarised there. */
import { describe, expect, it } from 'vitest'
import { plan, type VegaSpec } from '../src/index.ts'

const TABLE = `magpie+table://${'ab'.repeat(32)}`
const VALID = 'isValid(datum["x"]) && isFinite(+datum["x"])'

const symbols = (data: string, field = 'x'): object => ({
  type: 'symbol',
  from: { data },
  encode: { update: { x: { field } } },
})

interface Parts {
  readonly data: readonly object[]
  readonly marks: readonly object[]
  readonly signals?: readonly object[]
}

/** Per data set, its side; and of each value that travels, the columns. */
const placed = ({
  data,
  marks,
  signals = [],
}: Parts): { sides: Record<string, string>; sent: Record<string, unknown> } => {
  const spec = { data: [{ name: 'rows', url: TABLE }, ...data], marks, signals } as unknown as VegaSpec
  const { verdicts, toClient } = plan(spec)
  return {
    sides: Object.fromEntries(verdicts.filter(({ kind }) => kind === 'data').map(({ name, side }) => [name, side])),
    sent: Object.fromEntries(toClient.map(({ name, wanted }) => [name, wanted.columns])),
  }
}

describe('rows drawn one by one', () => {
  it('are made wider in the browser, over the columns that it needs', () => {
    const wide = {
      name: 'wide',
      source: 'rows',
      transform: [
        { type: 'formula', expr: 'datum.x * 2', as: 'twice' },
        { type: 'formula', expr: 'datum.x * 3', as: 'thrice' },
      ],
    }
    const { sides, sent } = placed({ data: [wide], marks: [symbols('wide', 'twice'), symbols('wide', 'thrice')] })
    expect(sides).toEqual({ rows: 'server', wide: 'browser' })
    expect(sent['rows']).toContain('x')
  })

  it('are made narrower on the server', () => {
    const sum = { name: 'sum', source: 'rows', transform: [{ type: 'formula', expr: 'datum.a + datum.b', as: 'x' }] }
    expect(placed({ data: [sum], marks: [symbols('sum')] }).sides).toEqual({ rows: 'server', sum: 'server' })
  })

  it('are multiplied in the browser, after a filter on the server', () => {
    const folded = {
      name: 'folded',
      source: 'rows',
      transform: [
        { type: 'filter', expr: 'datum.y > 1' },
        { type: 'fold', fields: ['a', 'b'], as: ['key', 'x'] },
      ],
    }
    expect(placed({ data: [folded], marks: [symbols('folded')] }).sides).toEqual({ rows: 'server', folded: 'both' })
  })

  it('of layers that show the same rows travel once', () => {
    const layer = (name: string): object => ({ name, source: 'rows', transform: [{ type: 'filter', expr: VALID }] })
    const { sent } = placed({ data: [layer('dots'), layer('lines')], marks: [symbols('dots'), symbols('lines')] })
    expect(Object.keys(sent)).toEqual(['rows'])
  })

  it('are filtered there when the filter reads what is there: a brush then asks nothing', () => {
    const picked = { name: 'picked', source: 'rows', transform: [{ type: 'filter', expr: 'datum.x > least' }] }
    const { sides } = placed({
      data: [picked],
      marks: [symbols('rows'), symbols('picked')],
      signals: [{ name: 'least', value: 0, bind: { input: 'range' } }],
    })
    expect(sides).toEqual({ rows: 'server', picked: 'browser' })
  })
})

describe('summaries', () => {
  const counted = (source: string): object => ({
    name: 'counted',
    source,
    transform: [{ type: 'aggregate', groupby: ['x'] }],
  })

  it('stay on the server beside raw rows, whoever widens those', () => {
    const wide = { name: 'wide', source: 'rows', transform: [{ type: 'stack', field: 'x', groupby: ['x'] }] }
    const { sides } = placed({
      data: [wide, counted('wide')],
      marks: [symbols('wide', 'y0'), symbols('wide', 'y1'), symbols('wide'), symbols('counted')],
    })
    expect(sides).toEqual({ rows: 'server', wide: 'browser', counted: 'server' })
  })

  it('are finished on the server, however wide: they are few', () => {
    const stacked = {
      name: 'stacked',
      source: 'counted',
      transform: [{ type: 'stack', field: 'count', groupby: ['x'] }],
    }
    const { sides } = placed({
      data: [counted('rows'), stacked],
      marks: [symbols('stacked', 'y0'), symbols('stacked', 'y1')],
    })
    expect(sides).toEqual({ rows: 'server', counted: 'server', stacked: 'server' })
  })
})

describe('a spec without anything of the server', () => {
  const spec = { data: [{ name: 'rows', values: [{ x: 1 }] }], marks: [symbols('rows')] } as unknown as VegaSpec

  it('is its own plan, and says why', () => {
    const made = plan(spec)
    expect(made.client).toBe(spec)
    expect(made.graph.tasks).toEqual([])
    const verdict = made.verdicts.find(({ name }) => name === 'rows')
    expect(verdict).toMatchObject({ side: 'browser', reason: 'its rows are in the spec already' })
  })
})
