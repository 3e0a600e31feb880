/** Protects: what a chart's dataflow writes into the built-in objects of its process reaches neither its answer nor the next chart. */
import { expect, test } from 'vitest'
import { tableFromRows } from '../../src/arrow/rows-to-table.ts'
import { rowsFromTable } from '../../src/arrow/table-to-rows.ts'
import { runJob } from '../../src/vega/run-job.ts'

const imputed = async (rows: readonly object[]): Promise<readonly unknown[]> => {
  const transform = [{ type: 'impute', field: 'v', key: 'k', groupby: ['group'], method: 'value', value: 0 }]
  const [answer] = await runJob({
    signals: {},
    data: [{ name: 'a', rows: tableFromRows(rows), transform }],
    outputs: [{ kind: 'rows', data: 'a', columns: 'all' }],
  })
  return answer?.kind === 'rows' ? rowsFromTable(answer.table) : []
}

test.each([
  // the rows of the group stand in all other groups, too, while the job runs
  ['__proto__', 0],
  ['constructor', 1],
])('an impute of a group %s', async (group, made) => {
  const held = () => [Object.prototype, Object].map(Reflect.ownKeys)
  const names = held()
  const rows = [
    { group, k: 1, v: 1 },
    { group: 'a', k: 2, v: 2 },
  ]
  const expected = [...rows, ...Array<object>(made).fill({ _impute: true, group: 'a', k: 1, v: 0 })]
  expect(await imputed(rows)).toStrictEqual(expected)
  expect(held()).toEqual(names)
  expect(await imputed(rows)).toStrictEqual(expected)
})
