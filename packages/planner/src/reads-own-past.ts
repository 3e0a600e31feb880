import { accessPath } from './access-path.ts'
import { IN_PLACE } from './in-place.ts'
import { isObject, list } from './json.ts'
import { columnsWritten } from './known-columns.ts'
import type { DataSet, Model, Step } from './model.ts'
import { namesInSignals, namesInStores } from './names-in-signals.ts'

/** Does a step read a column of this name? A field whose name only running tells may be any that the spec can come to name. */
type Reads = (column: string) => boolean

const fieldsOf = ({ definition }: Step): readonly unknown[] => {
  const { field, fields, groupby, sort } = definition
  return [field, fields, groupby, isObject(sort) ? sort.field : undefined].flatMap(list)
}

const readsOf = (model: Model, step: Step): Reads => {
  const { expressions } = step.reads
  const plain = fieldsOf(step).filter((field) => typeof field === 'string')
  const fields = new Set(plain.map((field) => accessPath(field)[0]))
  expressions.forEach((expression) => expression.fields.forEach((field) => fields.add(field)))
  const stores = expressions.some((expression) => expression.stores.size > 0)
  const computed = expressions.some(({ datumComputed }) => datumComputed) || plain.length < fieldsOf(step).length
  return (column) =>
    fields.has(column) ||
    (stores && namesInStores(model, step.reads.data).has(column)) ||
    (computed && namesInSignals(model).has(column))
}

/** The columns that a transform writes, as far as the spec says. */
const writtenBy = (step: Step): readonly unknown[] =>
  columnsWritten(step) ?? list(step.definition.as ?? (step.type === 'lookup' ? step.definition.values : undefined))

/** Transforms whose rows are all new whenever any of them changes. */
const ANEW: ReadonlySet<string> = new Set(['flatten', 'fold'])

/** What the values of a step follow, apart from rows. */
const followed = ({ reads: { signals, data, frames } }: Step): readonly string[] =>
  [signals, data, frames].flatMap((names, i) => [...names.keys()].map((name) => `${i} ${name}`))

/**
 * Does a step read a column as it was just written? So it does where the first formula over new rows writes it from others, and
 * nothing else makes the steps up to the reader run again.
 */
const isRenewed = (model: Model, set: DataSet, reader: number, column: string): boolean => {
  const made = set.steps.slice(0, reader).findLastIndex(({ type }) => !IN_PLACE.has(type))
  const [writer, ...others] = set.steps.slice(made + 1, reader + 1)
  if (made < 0 || !ANEW.has(set.steps[made]?.type ?? '') || writer?.type !== 'formula' || others.length === 0)
    return false
  const { as, initonly } = writer.definition
  const known = new Set(followed(writer))
  return (
    as === column &&
    !initonly &&
    !readsOf(model, writer)(column) &&
    others.every((step) => step.type === 'formula' && followed(step).every((name) => known.has(name)))
  )
}

/**
 * The transform that overwrites a column which it, or one before it, reads; undefined when there is none. When rows change or
 * come back, Vega computes what was read from what was written last.
 *
 * @param first the first transform of `set` that is looked at
 */
export const readsOwnPast = (model: Model, set: DataSet, first: number): string | undefined => {
  const before: Reads[] = []
  for (const step of set.steps.slice(first)) {
    if (!IN_PLACE.has(step.type)) return undefined
    before.push(readsOf(model, step))
    const past = (name: string): boolean =>
      before.some((reads, i) => reads(name) && !isRenewed(model, set, first + i, name))
    const over = writtenBy(step).find((name) => typeof name === 'string' && past(name))
    if (over !== undefined)
      return `${step.type} of ${set.name} overwrites ${String(over)}, which is read again when rows change`
  }
  return undefined
}
