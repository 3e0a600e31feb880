import { describe, it } from 'vitest'
import { expectEqual, expectReason } from './expect-equal.ts'
import { numbers, strings, type Table } from './harness.ts'

const table: Table = {
  t: strings(
    'the cat, the hat',
    '',
    '10 cats and 9 dogs: 007',
    "don't 'quote' The THE",
    '4294967295 4294967294 - 10',
    '1e3 0x10 _a',
  ),
  e: strings('né à ÉTÉ', 'İstanbul ﬁn', 'ß é', '', 'null', 'é'),
  k: strings('a', 'b', 'c', 'constructor of things', 'd', 'e'),
  n: strings('a', null, 'b', 'c', 'd', 'e'),
  v: numbers(1, 2, 3, 4, 5, 6),
}
const empty: Table = Object.fromEntries(Object.entries(table).map(([name, { type }]) => [name, { type, values: [] }]))
const of = (more: object) => ({ type: 'countpattern', field: 't', ...more })

describe('countpattern', () => {
  for (const more of [
    {},
    { case: 'upper' },
    { case: 'lower', stopwords: '(the|and|CATS)' },
    { case: 'mixed', stopwords: 'the' },
    { pattern: '[a-z]+', as: ['word', 'times'] },
    { pattern: '\\d+' },
    { pattern: '[^ ,]+', stopwords: '' },
    { pattern: { signal: "'[' + letters + ']'" } },
    { field: 'e' },
    { field: 'e', pattern: '[éÉ]' },
  ])
    it(`counts what ${JSON.stringify(more)} finds`, async () => {
      for (const rows of [table, empty])
        await expectEqual({ table: rows, signals: { letters: 'aeiou' }, transforms: [of(more)] })
    })
  it('goes by the order of the rows, and on with its counts', async () => {
    await expectEqual({
      table,
      transforms: [
        { type: 'collect', sort: { field: 'v', order: 'descending' } },
        of({ case: 'lower' }),
        {
          type: 'window',
          ops: ['rank', 'row_number'],
          fields: [null, null],
          sort: { field: 'count', order: 'descending' },
        },
        { type: 'joinaggregate', ops: ['sum', 'mean'], fields: ['count', 'count'] },
        { type: 'filter', expr: 'datum.rank < 4' },
      ],
    })
  })
  it('is left to Vega where the engine reads texts otherwise, and where Vega fails', async () => {
    for (const [more, text] of [
      [{ field: 'n' }, /no text/],
      [{ field: 'v' }, /no text/],
      [{ field: 'k' }, /every object/],
      [{ field: 'e', case: 'upper' }, /ASCII/],
      [{ pattern: 'a*' }, /nothing/],
      [{ pattern: '(' }, /malformed/],
      [{ pattern: '(?<=a)b' }, /exact/],
    ] as const)
      await expectReason({ table, transforms: [of(more)] }, text)
  })
})
