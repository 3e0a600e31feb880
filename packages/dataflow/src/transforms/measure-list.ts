import type { Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import { fieldRefs, type FieldRef } from './field.ts'
import type { Measure } from './measures.ts'
import { listParameter, namesParameter, type Definition } from './parameter.ts'
import { staleStore } from './stale-store.ts'
import type { Build } from './transform.ts'

/** Vega's `measureName`. */
export const measureName = (op: string, field: FieldRef | null, as: string | null | undefined): string =>
  as || (field === null || field.name === '' ? op : `${op}_${field.name}`)

/** The measures of `fields`, `ops` and `as`, in the order in which Vega writes them. */
export const measureList = (definition: Definition, input: Relation, build: Build): readonly Measure[] | Reason => {
  const fields = fieldRefs(definition['fields'], input, build)
  if (isReason(fields)) return fields
  const ops = listParameter(definition, 'ops', build)
  if (isReason(ops)) return ops
  const as = namesParameter(definition, 'as', build)
  if (isReason(as)) return as
  const names = ops ?? ['count']
  const refs = fields ?? [null]
  if (names.length !== refs.length) return reason('the numbers of fields and operations differ')
  if (!names.every((name) => typeof name === 'string')) return reason('an operation is not a string')
  const measures = written(names.map((op, index) => measureOf(op, refs[index] ?? null, as?.[index])))
  return staleStore(measures) ?? measures
}

const measureOf = (op: string, field: FieldRef | null, as: string | null | undefined): Measure => ({
  op,
  field,
  as: measureName(op, field, as),
})

/** Vega writes counts first, then field by field, and in a field by what an operation builds on. */
export const written = (measures: readonly Measure[]): readonly Measure[] => {
  const fields = [...new Set(measures.map(({ field }) => field?.name))]
  const rank = ({ op, field }: Measure): number =>
    op === 'count' ? -2 : fields.indexOf(field?.name) * 10 + (RANKS[op] ?? 0)
  return measures.toSorted((a, b) => rank(a) - rank(b))
}

const RANKS: Readonly<Record<string, number>> = {
  values: -1,
  average: 1,
  variance: 1,
  variancep: 2,
  stdev: 2,
  stdevp: 2,
  stderr: 2,
  distinct: 3,
  median: 3,
  q1: 3,
  q3: 3,
  argmin: 3,
  argmax: 3,
  min: 4,
  max: 4,
}
