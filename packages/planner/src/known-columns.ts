import { accessPath } from './access-path.ts'
import { list, type JsonObject } from './json.ts'
import type { DataId, Model, Step } from './model.ts'

/** The columns that a data set has after its first `steps` transforms; undefined where the spec does not say. */
export const knownColumns = (model: Model, id: DataId, steps: number): ReadonlySet<string> | undefined => {
  const set = model.data[id]
  if (set === undefined) return undefined
  const [source, ...others] = set.sources
  const parent = source === undefined ? undefined : model.data[source]
  const start =
    parent === undefined || others.length > 0 || parent.id >= id
      ? undefined
      : knownColumns(model, parent.id, parent.steps.length)
  return set.steps.slice(0, steps).reduce(after, start)
}

type Columns = ReadonlySet<string> | undefined

const after = (input: Columns, { type, definition }: Step): Columns => {
  if (PASSES.has(type)) return input
  if (type === 'aggregate') return aggregated(definition)
  const added = Object.hasOwn(ADDS, type) ? ADDS[type]?.(definition) : undefined
  return input === undefined || added === undefined ? undefined : new Set([...input, ...added])
}

/** Transforms that change no columns. */
const PASSES: ReadonlySet<string> = new Set(['filter', 'collect', 'extent', 'geojson'])

type Added = (definition: JsonObject) => readonly string[] | undefined

const named =
  (...defaults: readonly string[]): Added =>
  ({ as }) =>
    as === undefined || as === null ? defaults : texts(list(as))

/** The columns that a transform adds to those of its input. */
const ADDS: Readonly<Record<string, Added>> = {
  formula: named(),
  identifier: named(),
  bin: named('bin0', 'bin1'),
  stack: named('y0', 'y1'),
  timeunit: named('unit0', 'unit1'),
}

/** `groupby` and measures, under the names that Vega gives them: `as`, else `op_field`. */
const aggregated = (definition: JsonObject): Columns => {
  const keys = list(definition.groupby).map(plainName)
  const all = texts([...keys, ...measures(definition)])
  return all === undefined ? undefined : new Set(all)
}

/** The names of the measures of an aggregate, in their order; undefined where the spec does not say. */
export const measures = ({ ops, fields, as }: JsonObject): readonly (string | undefined)[] => {
  const count = fields === undefined && ops === undefined
  const names = list(as)
  return count
    ? [measure('count', null, names[0])]
    : list(fields ?? [null]).map((field, i) => measure(list(ops ?? ['count'])[i], field, names[i]))
}

/** The columns that a transform writes, apart from the keys that an aggregate groups by; undefined: unknown. */
export const columnsWritten = ({
  type,
  definition,
}: Pick<Step, 'type' | 'definition'>): readonly string[] | undefined => {
  if (PASSES.has(type)) return []
  if (type === 'aggregate') return texts(measures(definition))
  return Object.hasOwn(ADDS, type) ? ADDS[type]?.(definition) : undefined
}

const measure = (op: unknown, field: unknown, as: unknown): string | undefined => {
  // to Vega an empty name is none
  if (as) return typeof as === 'string' ? as : undefined
  if (typeof op !== 'string') return undefined
  if (field === undefined || field === null) return op
  const name = plainName(field)
  return name === undefined ? undefined : `${op}_${name}`
}

/** The column of a field that is no path. */
export const plainName = (field: unknown): string | undefined => {
  const path = typeof field === 'string' ? accessPath(field) : []
  return path.length === 1 ? path[0] : undefined
}

const texts = (values: readonly unknown[]): readonly string[] | undefined =>
  values.every((value) => typeof value === 'string') ? values : undefined
