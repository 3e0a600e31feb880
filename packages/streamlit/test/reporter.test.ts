import { describe, expect, it } from 'vitest'
import type { Params, Selections } from '@magpie-vega/react'
import { newReporter } from '../src/reporter.ts'

const brush = (low: number): Selections => ({
  brush: { type: 'interval', value: { a: [low, 9] }, store: [{ values: [[low, 9]] }] },
})
const nothing: Selections = { brush: { type: 'interval', value: {}, store: [] } }

/** Every report runs a script, so what is not sent matters as much as what is. */
describe('reporter', () => {
  const sends = (report: readonly string[] | 'all' | 'none', ...reports: readonly (Selections | Params)[]) => {
    const reporter = newReporter()
    const sent: unknown[] = []
    for (const values of reports)
      reporter.report({ report, params: { k: 3 } }, 'k' in values ? 'params' : 'selection', values, (_, value) =>
        sent.push(value),
      )
    return sent
  }

  it('sends a selection once', () => {
    expect(sends('all', brush(1), brush(1), brush(2))).toEqual([brush(1), brush(2)])
  })

  it('sends nothing that the script takes for granted', () => {
    expect(sends('all', nothing, { k: 3 })).toEqual([])
  })

  it('sends that a selection was cleared', () => {
    expect(sends('all', brush(1), nothing)).toEqual([brush(1), nothing])
  })

  it('sends only what was asked for', () => {
    expect(sends(['other'], brush(1), brush(2))).toEqual([])
    expect(sends('none', brush(1))).toEqual([])
  })
})
