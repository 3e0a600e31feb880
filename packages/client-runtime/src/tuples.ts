import type { Scalar } from '@magpie-vega/protocol'
import { readColumns } from './arrow-columns.ts'
import type { TupleColumns } from './arrow-columns.ts'

/** A row of a Vega data set: a fresh plain object that Vega may keep and change. */
export type Tuple = Record<string, Scalar>

// assigning to `__proto__` would set the prototype
const put = (tuple: Tuple, name: string, value: Scalar): void => {
  if (name === '__proto__')
    Object.defineProperty(tuple, name, { value, writable: true, enumerable: true, configurable: true })
  else tuple[name] = value
}

/**
 * The rows of an answer as Vega tuples: own keys in column order, no key where a slot is `absent`, Dates as Date objects, json
 * cells decoded.
 */
export const tuplesOf = ({ rows, columns }: TupleColumns): Tuple[] => {
  const tuples = Array.from({ length: rows }, (): Tuple => ({}))
  for (const { name, values, present } of columns) {
    tuples.forEach((tuple, row) => {
      if (present?.[row] !== false) put(tuple, name, values[row])
    })
  }
  return tuples
}

/** The rows of an Arrow IPC stream (see packages/protocol/src/table.ts). Throws `internal` on bytes that are no such stream. */
export const tuplesFrom = (bytes: Uint8Array): Tuple[] => tuplesOf(readColumns(bytes))
