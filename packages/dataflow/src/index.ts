export type { Column, ColumnType, Relation } from './columns.ts'
export type { Scalar } from './scalar.ts'
export type { Reason } from './reason.ts'
