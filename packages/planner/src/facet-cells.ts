import { list, type JsonObject } from './json.ts'
import { columnsWritten, knownColumns, plainName } from './known-columns.ts'
import type { DataSet, Model } from './model.ts'

/** Transforms that keep every row. */
const KEEPS: ReadonlySet<string> = new Set(['formula', 'stack', 'extent', 'collect'])

/**
 * A facet takes its groups from the cells of a data set's last aggregate. Where the server computes the data set, these
 * transforms make the cells again from its rows, one row to a cell, and put back every value; undefined: they cannot.
 */
export const cellsAgain = (model: Model, set: DataSet): readonly JsonObject[] | undefined => {
  const at = set.steps.findLastIndex((step) => step.type === 'aggregate')
  const aggregate = set.steps[at]
  const columns = knownColumns(model, set.id, set.steps.length)
  if (aggregate === undefined || columns === undefined) return undefined
  const after = set.steps.slice(at + 1)
  const { key, drop, groupby } = aggregate.definition
  if (key !== undefined || drop !== undefined || !after.every((step) => KEEPS.has(step.type))) return undefined
  const keys = list(groupby).map(plainName)
  if (keys.length === 0 || !keys.every((name) => name !== undefined)) return undefined
  const written = [aggregate, ...after].map(columnsWritten)
  if (written.some((names) => names === undefined || names.some((name) => keys.includes(name)))) return undefined
  return restore(keys, [...columns])
}

/** Cells of the keys, from one row to each, with the values of the other columns. */
export const restore = (keys: readonly string[], columns: readonly string[]): readonly JsonObject[] => {
  const rest = columns.filter((name) => !keys.includes(name))
  const text = (name: string): string => JSON.stringify(name)
  const field = (name: string): string => `[${text(name)}]`
  const aggregate = {
    type: 'aggregate',
    groupby: keys.map(field),
    fields: rest.map(field),
    ops: rest.map(() => 'values'),
    as: rest,
  }
  const values = rest.map((name) => ({ type: 'formula', as: name, expr: `datum[${text(name)}][0][${text(name)}]` }))
  return [aggregate, ...values]
}
