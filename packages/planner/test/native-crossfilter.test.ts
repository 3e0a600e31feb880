// Protects: the reason why native crossfilters stay in the browser. Once a new Vega gives the same rows for the same query, they
// may go to the server.
import * as vega from 'vega'
import { expect, test } from 'vitest'

const spec: vega.Spec = {
  signals: [{ name: 'query', value: [2, 8] }],
  data: [
    {
      name: 'rows',
      values: Array.from({ length: 10 }, (_, v) => ({ v })),
      transform: [{ type: 'crossfilter', signal: 'filter', fields: ['v'], query: [{ signal: 'query' }] }],
    },
    {
      name: 'passed',
      source: 'rows',
      transform: [
        { type: 'resolvefilter', ignore: 0, filter: { signal: 'filter' } },
        { type: 'aggregate', groupby: ['v'] },
        { type: 'collect', sort: { field: 'v' } },
      ],
    },
  ],
}

/** What passes after all of the queries. */
const passedAfter = async (...queries: readonly (readonly [number, number])[]): Promise<readonly unknown[]> => {
  const view = new vega.View(vega.parse(spec), { renderer: 'none' })
  await view.runAsync()
  for (const query of queries) await view.signal('query', query).runAsync()
  const rows = view.data('passed') as readonly { readonly v: number }[]
  return rows.map(({ v }) => v)
}

test('which rows pass a crossfilter of Vega depends on the queries before', async () => {
  expect(await passedAfter([3, 6])).toEqual([3, 4, 5])
  expect(await passedAfter([9, 1], [3, 6])).toEqual([2, 3, 4, 5, 6, 7])
})
