import type { ColumnType } from '../columns.ts'
import type { SqlType } from '../sql/ast.ts'

/** What SQL holds the values of a column in. */
export const SQL_TYPES = {
  number: 'double',
  date: 'double',
  string: 'varchar',
  boolean: 'boolean',
  json: 'varchar',
} as const satisfies Readonly<Record<ColumnType, SqlType>>
