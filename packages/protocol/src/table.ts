/**
 * How the rows of a Vega data set are written as an Arrow IPC stream.
 *
 * Every Arrow field carries metadata:
 *
 * | `magpie:type` | Arrow type | meaning |
 * |---|---|---|
 * | `number`  | Float64, or the smallest of Int8, Int16, Int32 and Float32 that is exact | a JavaScript number (NaN is NaN; the validity bitmap is null, undefined or absent) |
 * | `string`  | Utf8 or Dictionary<Int8, Int16 or Int32, Utf8> | |
 * | `boolean` | Bool | |
 * | `date`    | Float64 | a Date, in milliseconds since the epoch; NaN is an invalid Date |
 * | `json`    | Utf8 | anything else, one value per cell, as the tagged JSON of `json-cell.ts` |
 *
 * `magpie:null` is `null` (default), `undefined` or `absent`: what an invalid slot stands for. `absent` means that the row has no
 * such property. A column that holds several of them is of type `json`.
 *
 * The schema carries `magpie:rows`, the number of rows: it survives when nobody reads a column and none is sent.
 */
export const TYPE_KEY = 'magpie:type'
export const NULL_KEY = 'magpie:null'
export const ROWS_KEY = 'magpie:rows'

/** What an invalid slot of a column stands for. */
export type NullMeaning = 'null' | 'undefined' | 'absent'
