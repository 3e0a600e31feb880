import type { Column, Query } from '@magpie-vega/dataflow'
import type { Table } from '../../arrow/table.ts'

/** Runs a query whose columns have the types given. */
export type ReadQuery = (query: Query, columns: readonly Pick<Column, 'name' | 'type'>[]) => Promise<Table>
