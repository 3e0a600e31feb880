import { splitAccessPath } from 'vega-util'
import { columnNamed, memberNamed, type Column, type Relation } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import { parameter } from './parameter.ts'
import type { Build } from './transform.ts'

/** A field parameter: the column that it reads, and the name that Vega gives to what is read. */
export interface FieldRef {
  readonly column: Column
  readonly name: string
}

/**
 * Reads a field parameter: `'a'`, `"['a b']"`, `{field: 'a', as: 'b'}` or a signal whose value is a field name. An
 * expression or a path into an object has no column.
 */
export const fieldRef = (value: unknown, input: Relation, build: Build): FieldRef | Reason => {
  const outer = typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : undefined
  if (outer !== undefined && !outer['signal']) {
    if (outer['expr']) return reason('the field is an expression', String(outer['expr']))
    if (!outer['field']) return reason('the field reference is not understood')
    const inner = fieldRef(outer['field'], input, build)
    return isReason(inner) || typeof outer['as'] !== 'string' || outer['as'] === ''
      ? inner
      : { ...inner, name: outer['as'] }
  }
  const text = parameter(value, build)
  if (isReason(text)) return text
  return typeof text === 'string' ? namedField(text, input) : reason('the field is not a string')
}

const namedField = (text: string, input: Relation): FieldRef | Reason => {
  const path = accessPath(text)
  const name = path?.[0]
  if (path === undefined || name === undefined) return reason('the field path is malformed', text)
  const column = columnNamed(input.columns, name)
  if (column === undefined) return reason('the data has no such field', name)
  const found = path.slice(1).reduce<Column | undefined>((at, key) => at && memberNamed(input.members, at, key), column)
  if (found === undefined) return reason('the field is a path into an object', text)
  return { column: found, name: path.length === 1 ? name : text }
}

const accessPath = (text: string): readonly string[] | undefined => {
  try {
    return splitAccessPath(text)
  } catch {
    return undefined
  }
}

/** Reads a list of field parameters; an item may be null where Vega allows it. Undefined: the definition has none. */
export const fieldRefs = (
  value: unknown,
  input: Relation,
  build: Build,
): readonly (FieldRef | null)[] | undefined | Reason => {
  const resolved = Array.isArray(value) ? value : parameter(value, build)
  if (isReason(resolved)) return resolved
  if (resolved === undefined || resolved === null) return undefined
  const items = (Array.isArray(resolved) ? resolved : [resolved]).map((item: unknown) =>
    item === null || item === undefined ? null : fieldRef(item, input, build),
  )
  return items.find(isReason) ?? (items as (FieldRef | null)[])
}

/** A `key`: the field that groups go by instead of `groupby`. */
export const keyRef = (
  { key }: Readonly<Record<string, unknown>>,
  input: Relation,
  build: Build,
): FieldRef | undefined | Reason => (key === undefined || key === null ? undefined : fieldRef(key, input, build))

/** A `groupby`: fields without nulls. */
export const groupRefs = (value: unknown, input: Relation, build: Build): readonly FieldRef[] | Reason => {
  const refs = fieldRefs(value, input, build)
  if (refs === undefined || isReason(refs)) return refs ?? []
  const found = refs.filter((ref) => ref !== null)
  return found.length === refs.length ? found : reason('a group field is null')
}
