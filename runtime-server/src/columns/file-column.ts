import type { Column, IntegerType } from '@magpie-vega/dataflow'

/** Grows whenever files are written differently. */
export const FORMAT_VERSION = 3

/** A column in a file, and what all of its values have in common. */
export interface FileColumn extends Pick<Column, 'name' | 'type' | 'nulls' | 'nans' | 'plain' | 'alphabet' | 'whole'> {
  /** Identifiers in the file are made of it: `c3` for the values, `i3` for integers, `k3` for codes. */
  readonly number: number
  /** A date without a zone: the milliseconds of a wall time, whose instant depends on the viewer's zone. */
  readonly wall: boolean
  readonly infinite: boolean
  /** Of the finite numbers or dates; absent when there are none. */
  readonly range?: { readonly min: number; readonly max: number }
  /** There is a column of this type with the finite values, which are whole; NULL for all else. */
  readonly integer?: IntegerType
  /** Some of the zeros are -0, and 0 among the integers. */
  readonly negativeZeros?: true
  /** Few texts: there is a column of their numbers instead of the texts. */
  readonly dictionary?: readonly string[]
  /** There is a column with the values. Else they follow from the integers or the codes. */
  readonly values: boolean
}

/** What a file of columns says of itself. */
export interface FileTable {
  readonly version: number
  readonly rows: number
  readonly columns: readonly FileColumn[]
  /** Names of those that a file cannot hold. */
  readonly omitted: readonly string[]
}

/** The order of the rows, from 0. */
export const ORDER_ID = 'rn'

export const valuesId = ({ number }: FileColumn): string => `c${number}`
export const integerId = ({ number }: FileColumn): string => `i${number}`
export const codeId = ({ number }: FileColumn): string => `k${number}`
