/** Protects: the report keeps sizes and kinds of data apart, and tells of every loss, in few lines. */
import { describe, expect, it } from 'vitest'
import type { Figure } from '../figure.ts'
import { reportOf } from './report.ts'

const pair = (name: string, rows: number, ours: number, theirs: number, more: Partial<Figure> = {}): Figure[] => {
  const about = { bench: 'crossfilter', case: name, rows, unit: 'ms', p95: 0, n: 1, ...more } as const
  return [
    { ...about, subject: 'magpie', median: ours, ratioTo: { Peer: ours / theirs } },
    { ...about, subject: 'Peer', median: theirs, ratioTo: {} },
  ]
}

const text = (figures: readonly Figure[]): string => reportOf(figures, new Map([['crossfilter', ['a note']]]))

describe('the report', () => {
  it('has a table for each number of rows, and one for real rows', () => {
    const figures = [...pair('a', 1000, 2, 1), ...pair('a', 3000, 1, 2), ...pair('a', 3000, 3, 2, { real: true })]
    const headings = text(figures)
      .split('\n')
      .filter((line) => line.startsWith('### '))
    expect(headings).toEqual(['### 1,000 rows', '### 3,000 rows', '### 3,000 rows, the real flights of vega-datasets'])
  })

  it('tells in one line how often and how far a peer is ahead, the worst first', () => {
    const figures = [
      ...pair('a', 1000, 2, 1),
      ...pair('b', 1000, 3, 1),
      ...pair('c', 1000, 1, 2),
      ...pair('a', 9, 8, 1),
    ]
    expect(
      text(figures)
        .split('\n')
        .filter((line) => line.includes(' is behind ')),
    ).toEqual([
      '- crossfilter, 9 rows: magpie is behind Peer in 1 of 1 cases, by 8.00× (a).',
      '- crossfilter, 1,000 rows: magpie is behind Peer in 2 of 3 cases, by 2.00× to 3.00× (b).',
    ])
  })

  it('sums up single specs, and says what was not run', () => {
    const told = text([...pair('spec one.vg.json', 0, 1, 2), ...pair('spec two.vg.json', 0, 4, 2)])
    expect(told).toContain('ahead in 1, equal in 0, behind in 1 of 2')
    expect(told).not.toContain('| spec one')
    expect(told).toContain('a note')
    expect(told).toContain('Not run: first-render')
  })
})
