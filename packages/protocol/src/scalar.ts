/** Defined with the data language; re-exported because it is what crosses the wire. */
export type { Scalar, ColumnType, NumberArray } from '@magpie-vega/dataflow'
