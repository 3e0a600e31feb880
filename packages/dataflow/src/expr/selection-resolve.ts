import type { Scalar } from '../scalar.ts'

type Row = Readonly<Record<string, Scalar>>
type Values = readonly Scalar[]

/** A field of a selection tuple. */
export interface SelectionField {
  readonly field: string
  readonly type: string
}

/** The fields that a store's tuple states; undefined for a tuple of a bare identifier. */
export const fieldsOf = (entry: Row): readonly SelectionField[] | undefined => {
  if (!Array.isArray(entry.fields)) return undefined
  return entry.fields.map((item: Scalar) => {
    const { field, type } = (typeof item === 'object' && item !== null ? item : {}) as Row
    if (typeof field !== 'string' || typeof type !== 'string') throw new Error('a selection field has no name or type')
    return { field, type }
  })
}

const list = (value: Scalar): Values =>
  Array.isArray(value) ? value : value === null || value === undefined ? [] : [value]

const toNumber = (value: Scalar): number => (value === null || value === undefined || value === '' ? 0 : Number(value))

const ordered = (value: Values): [Scalar, Scalar] =>
  toNumber(value[0]) > toNumber(value[1]) ? [value[1], value[0]] : [toNumberOrNull(value[0]), toNumberOrNull(value[1])]

const toNumberOrNull = (value: Scalar): Scalar =>
  value === null || value === undefined || value === '' ? null : Number(value)

const less = (a: Scalar, b: Scalar): boolean => (a as number) < (b as number)

type Combine = (base: Values, value: Values) => Values

const OPS: Readonly<Record<string, Combine>> = {
  E_union: (base, value) =>
    base.length === 0 ? value : [...base, ...unique(value).filter((item) => !base.includes(item))],
  E_intersect: (base, value) => (base.length === 0 ? value : base.filter((item) => value.includes(item))),
  R_union: (base, value) => {
    const [low, high] = ordered(value)
    if (base.length === 0) return [low, high]
    return [less(low, base[0]) ? low : base[0], less(base[1], high) ? high : base[1]]
  },
  R_intersect: (base, value) => {
    const [low, high] = ordered(value)
    if (base.length === 0) return [low, high]
    if (less(high, base[0]) || less(base[1], low)) return []
    return [less(base[0], low) ? low : base[0], less(high, base[1]) ? high : base[1]]
  },
}

/** Values by unit, in the order of an object's properties: names that are array indices come first. */
type ByUnit<T> = Record<string, T>

const unique = (values: Values): Values => [...new Set(values)]

const combine = (type: string, op: string): Combine => {
  const found = OPS[`${type}_${op}`]
  if (found === undefined) throw new Error(`selections of type ${type} do not ${op}`)
  return found
}

/**
 * What a selection store selects, by field, as Vega's `vlSelectionResolve` has it:
 * https://github.com/vega/vega/tree/main/packages/vega-selections. Throws on a tuple that is none.
 */
export const resolveSelection = (rows: readonly Row[], op: string, multi: boolean, vl5: boolean): Scalar => {
  const byField = new Map<string, { type: string; units: ByUnit<Values> }>()
  const byUnit: ByUnit<readonly Scalar[]> = Object.create(null) as ByUnit<readonly Scalar[]>
  for (const row of rows) {
    const fields = fieldsOf(row)
    if (fields === undefined || !Array.isArray(row.values))
      throw new Error('selections of identifiers are not resolved here')
    const unit = String(row.unit as string)
    const values: Values = row.values
    fields.forEach(({ field, type }, i) => {
      const kind = type.charAt(0)
      const known = byField.get(field) ?? { type: kind, units: Object.create(null) as ByUnit<Values> }
      known.type = kind
      known.units[unit] = combine(kind, 'union')(known.units[unit] ?? [], list(values[i]))
      byField.set(field, known)
    })
    if (multi) {
      const tuple = Object.fromEntries(fields.map(({ field }, i) => [field, values[i]]))
      byUnit[unit] = [...(byUnit[unit] ?? []), tuple]
    }
  }
  const resolved: Record<string, Scalar> = {}
  for (const [field, { type, units }] of byField) {
    resolved[field] = Object.values(units).reduce(combine(type, op))
  }
  const tuplesOfUnits = Object.values(byUnit)
  if (multi && tuplesOfUnits.length > 0) {
    resolved[vl5 ? 'vlPoint' : 'vlMulti'] =
      op === 'union' ? { or: tuplesOfUnits.flat() } : { and: tuplesOfUnits.map((tuples) => ({ or: tuples })) }
  }
  return resolved
}
