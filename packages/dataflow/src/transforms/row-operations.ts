import type { Definition } from './parameter.ts'

/** Aggregate operations whose values are whole rows: https://vega.github.io/vega/docs/transforms/aggregate/#ops */
export const ROW_OPERATIONS: ReadonlySet<unknown> = new Set(['argmin', 'argmax', 'values'])

/** Does one of the operations that a transform states give whole rows? */
export const givesRows = (definition: Definition): boolean =>
  operationsOf(definition).some((operation) => ROW_OPERATIONS.has(operation))

/** The same, where an operation that is a signal may be any. */
export const mayGiveRows = (definition: Definition): boolean =>
  givesRows(definition) || operationsOf(definition).some((operation) => typeof operation === 'object')

const operationsOf = ({ ops, op }: Definition): readonly unknown[] =>
  [ops, op].flat().filter((operation) => operation !== undefined && operation !== null)
