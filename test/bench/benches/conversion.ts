import type { Column, Query, Relation, SqlExpr } from '@magpie-vega/dataflow'
import { encodeTable } from '../../../runtime-server/src/arrow/encode-table.ts'
import { rowsFromTable } from '../../../runtime-server/src/arrow/table-to-rows.ts'
import { rowsQuery, SQL_CAST } from '../../../runtime-server/src/engines/duckdb/rows-query.ts'
import { mustEqual, type Row } from '../answers.ts'
import type { Bench } from '../bench.ts'
import { figuresOf, type Figure } from '../figure.ts'
import { flights } from '../flights.ts'
import { openColumns, type OpenColumns } from '../open-columns.ts'
import { timed } from '../rounds.ts'
import { tableHome } from '../service.ts'

/** So many rows pass, about. */
const ROWS = 100_000
/** Before anybody looks at the clock. */
const WARM_UPS = 5

const CASES: Readonly<Record<string, readonly string[]>> = {
  numbers: ['delay', 'distance'],
  dates: ['time'],
  texts: ['airline', 'origin'],
  'all five columns': ['delay', 'distance', 'time', 'airline', 'origin'],
}

const column = (id: string): SqlExpr => ({ kind: 'column', id })

/** The flights of the longest distances, about `ROWS` of them. */
const longest = async ({ relation, ask, read }: OpenColumns, rows: number): Promise<Relation> => {
  if (rows <= ROWS) return relation
  const distance = column(relation.columns.find(({ name }) => name === 'distance')?.id ?? '')
  const share: SqlExpr = { kind: 'literal', value: 1 - ROWS / rows }
  const quantile: SqlExpr = { kind: 'aggregate', name: 'quantile_cont', args: [distance, share] }
  const found = await ask({ kind: 'select', from: relation.query, columns: [{ id: 'least', expr: quantile }] })
  const [row] = rowsFromTable(await read(found, ['least'], ['number']))
  const where: SqlExpr = {
    kind: 'binary',
    op: '>=',
    left: distance,
    right: { kind: 'literal', value: Number(row?.['least']) },
  }
  return { ...relation, query: { kind: 'select', from: relation.query, star: true, columns: [], where } }
}

/** The same rows by their values alone. */
const plainly = ({ query, order }: Relation, columns: readonly Column[]): Query => ({
  kind: 'select',
  from: query,
  columns: columns.map(({ id, type }) => ({
    id: `plain_${id}`,
    expr: { kind: 'cast', operand: column(id), type: SQL_CAST[type] },
  })),
  orderBy: [{ expr: column(order), direction: 'asc' }],
})

export const conversion: Bench = {
  name: 'conversion',
  about:
    'About 100,000 rows as they are: from the result of the engine to the bytes that are sent, beside the query itself',
  run: async ({ rows, rounds, real }) => {
    const { arrow, rows: count } = await flights(rows, real)
    const home = tableHome()
    const open = await openColumns(arrow, home.folder)
    try {
      const relation = await longest(open, count)
      const figures: Figure[] = []
      for (const [name, fields] of Object.entries(CASES)) {
        const columns = relation.columns.filter((one) => fields.includes(one.name))
        const names = columns.map((one) => one.name)
        const { query, forms } = rowsQuery(relation, columns)
        const samples = { query: [] as number[], conversion: [] as number[] }
        let answer: readonly Row[] = []
        for (let round = -WARM_UPS; round < rounds; round += 1) {
          const asked = await timed(() => open.ask(query))
          const converted = await timed(async () => {
            const table = await open.read(asked.answer, names, forms)
            return { table, bytes: encodeTable(table) }
          })
          if (round === -1) answer = rowsFromTable(converted.answer.table)
          if (round < 0) continue
          samples.query.push(asked.ms)
          samples.conversion.push(converted.ms)
        }
        const types = columns.map(({ type }) => type)
        const expected = rowsFromTable(await open.read(await open.ask(plainly(relation, columns)), names, types))
        mustEqual(name, expected, answer, names)
        const subjects = new Map([
          ['magpie', samples.conversion],
          ['its query', samples.query],
        ])
        figures.push(...figuresOf({ bench: 'conversion', case: name, rows: count, unit: 'ms', subjects }))
      }
      return figures
    } finally {
      open.close()
      home.remove()
    }
  },
}
