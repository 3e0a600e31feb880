import type { Row } from './answers.ts'
import { binsOf, type Bins } from './bins.ts'
import { binColumn, KEPT, MAXBINS, rowOf, whereOf, type Dashboard } from './dashboards.ts'
import type { SqlPeer } from './peers/sql-peer.ts'

type Brushes = readonly (readonly [number, number] | undefined)[]
type ByView = readonly (readonly Row[])[]

/** The bins of every view: they come from all rows, and no brush moves them. */
export async function binsOfViews({ views }: Dashboard, sql: SqlPeer): Promise<readonly Bins[]> {
  const list = views.map(({ sql: field }, index) => `min(${field})::double a${index}, max(${field})::double b${index}`)
  const [row = {}] = await sql.rows(`select ${list.join(', ')} from flights where ${KEPT}`)
  return views.map((_, index) => binsOf([Number(row[`a${index}`]), Number(row[`b${index}`])], MAXBINS))
}

/** One statement for each view. */
export const perView = (dashboard: Dashboard, bins: readonly Bins[], sql: SqlPeer, brushes: Brushes): Promise<ByView> =>
  Promise.all(
    dashboard.views.map(async (view, index) => {
      const own = bins[index]
      if (own === undefined) return []
      const rows = await sql.rows(
        `select ${binColumn(view, own)} b, count(*) n from flights where ${whereOf(dashboard, brushes)} group by b`,
      )
      return rows.map(({ b, n }) => rowOf(view, own, Number(b), Number(n)))
    }),
  )

/** One statement for all views: their joint histogram, rolled up here. */
export async function joint(
  dashboard: Dashboard,
  bins: readonly Bins[],
  sql: SqlPeer,
  brushes: Brushes,
): Promise<ByView> {
  const columns = dashboard.views.flatMap((view, index) => {
    const own = bins[index]
    return own === undefined ? [] : [`${binColumn(view, own)} b${index}`]
  })
  const cells = await sql.rows(
    `select ${columns.join(', ')}, count(*) n from flights where ${whereOf(dashboard, brushes)} group by all`,
  )
  return dashboard.views.map((view, index) => {
    const own = bins[index]
    const counts = new Map<number, number>()
    for (const cell of cells) {
      const bin = Number(cell[`b${index}`])
      counts.set(bin, (counts.get(bin) ?? 0) + Number(cell['n']))
    }
    return own === undefined ? [] : [...counts].map(([bin, count]) => rowOf(view, own, bin, count))
  })
}
