import { isObject, list, type JsonObject } from './json.ts'

/** Operations whose values are whole rows. */
const ROWS: ReadonlySet<unknown> = new Set(['argmin', 'argmax', 'values'])

const operationsOf = ({ ops, op }: JsonObject): readonly unknown[] => [...list(ops), ...list(op)]

/** Does one of the operations that a transform states give whole rows? */
export const givesRows = (definition: JsonObject): boolean => operationsOf(definition).some((one) => ROWS.has(one))

/** The same, where an operation that is a signal may be any. */
export const mayGiveRows = (definition: JsonObject): boolean =>
  givesRows(definition) || operationsOf(definition).some(isObject)
