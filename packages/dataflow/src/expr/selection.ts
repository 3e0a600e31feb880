import { columnNamed, type Column } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { and, coalesce, FALSE, isIn, isNan, isNull, literal, not, or, TRUE } from '../sql/build.ts'
import { numberOrNull } from './coerce.ts'
import { relational, strictEqual } from './compare.ts'
import type { TypedSql } from './typed.ts'
import { inrange } from './functions-math.ts'
import { fieldsOf, type SelectionField } from './selection-resolve.ts'
import { booleanSql, constant, toTyped, withAll, type Value } from './value.ts'

type Row = Readonly<Record<string, Scalar>>

/** How a column appears to a selection test. */
export type ReadField = (name: string) => Value | Reason

/** `vlSelectionTest(store, datum, op)`: the store's tuples are known. Of an empty store, Vega's answer is the number 0. */
export const selectionTest = (rows: readonly Row[], op: Scalar, read: ReadField, indexed: boolean): Value | Reason => {
  if (rows.length === 0) return constant(0)
  if (op === 'intersect' && !indexed && unitsOf(rows) < rows.length) return UNINDEXED
  const units = new Map<string, (SqlExpr | Reason)[]>()
  for (const row of rows) {
    const unit = op === 'intersect' ? String(row.unit as string) : ''
    units.set(unit, [...(units.get(unit) ?? []), testTuple(row, read)])
  }
  const tests = [...units.values()].map((tuples) => withAll<SqlExpr[], SqlExpr>(tuples, (...found) => or(...found)))
  return withAll<SqlExpr[], TypedSql>(tests, (...found) => booleanSql(and(...found)))
}

const unitsOf = (rows: readonly Row[]): number => new Set(rows.map((row) => String(row.unit as string))).size

/** Vega counts units by an index, which it makes for one store per expression only; another may have it from elsewhere. */
const UNINDEXED = reason('an expression that intersects two selections depends on the rest of the spec')

/** `vlSelectionIdTest(store, datum, op)`. */
export const selectionIdTest = (
  rows: readonly Row[],
  op: Scalar,
  columns: readonly Column[],
  indexed: boolean,
): Value | Reason => {
  const column = columnNamed(columns, '_vgsid_')
  if (column?.type !== 'number') return reason('the rows have no identifiers')
  const ids = rows.map((row) => row._vgsid_)
  if (!ids.every((id, i) => typeof id === 'number' && (i === 0 || Number(ids[i - 1]) <= id))) {
    return reason('the identifiers of the selection are not sorted')
  }
  const units = unitsOf(rows)
  if (op === 'intersect' && !indexed && units > 1) return UNINDEXED
  const counted = (id: Scalar): boolean =>
    op !== 'intersect' || units === 1 || ids.filter((other) => other === id).length >= units
  const selected = [...new Set(ids)].filter(counted)
  const found = isIn(
    { kind: 'column', id: column.id },
    selected.map((id) => literal(Number(id))),
  )
  return booleanSql(column.nulls ? coalesce(found, FALSE) : found)
}

const testTuple = (row: Row, read: ReadField): SqlExpr | Reason => {
  const values = row.values
  const fields = tupleFields(row)
  if (isReason(fields)) return fields
  if (!Array.isArray(values)) return reason('a selection tuple has no values')
  const tests = fields.map((field, i) => testField(field, asNumbers((values as readonly Scalar[])[i]), read))
  return withAll<SqlExpr[], SqlExpr>(tests, (...found) => and(...found))
}

const tupleFields = (row: Row): readonly SelectionField[] | Reason => {
  try {
    return fieldsOf(row) ?? reason('a selection tuple has no fields')
  } catch (error) {
    return reason(error instanceof Error ? error.message : String(error))
  }
}

/** Vega compares dates by their milliseconds; an array is of dates when its first element is. */
const asNumbers = (value: Scalar): Scalar => {
  if (value instanceof Date) return value.getTime()
  if (!Array.isArray(value) || !(value[0] instanceof Date)) return value
  return value.map((item: Scalar) => {
    if (item === null || item === undefined || item === '') return null
    return typeof item === 'object' && !(item instanceof Date) ? item : Number(item)
  })
}

const RANGES: Readonly<Record<string, readonly [left: boolean, right: boolean]>> = {
  R: [true, true],
  'R-RE': [true, false],
  'R-E': [false, false],
  'R-LE': [false, true],
}
const REFUSALS = { 'E-LT': '>=', 'E-LTE': '>', 'E-GT': '<=', 'E-GTE': '<' } as const

const testField = (field: SelectionField, value: Scalar, read: ReadField): SqlExpr | Reason => {
  const found = readPath(field.field, read)
  if (isReason(found)) return found
  const typed = toTyped(found)
  if (isReason(typed)) return typed
  const datum: TypedSql = typed.type === 'date' ? { ...typed, type: 'number' } : typed
  const range = RANGES[field.type]
  if (range !== undefined) return testRange(datum, value, range)
  const refusal = Object.hasOwn(REFUSALS, field.type) ? REFUSALS[field.type as keyof typeof REFUSALS] : undefined
  if (refusal !== undefined) {
    return withAll<[TypedSql], SqlExpr>([toTyped(constant(value))], (bound) =>
      withAll<[SqlExpr], SqlExpr>([relational(refusal, datum, bound)], not),
    )
  }
  if (field.type === 'E-VALID') return testValid(datum)
  if (field.type === 'E')
    return Array.isArray(value) ? testIncludes(datum, value, true) : testIncludes(datum, [value], false)
  if (field.type === 'E-ONE') {
    return Array.isArray(value)
      ? testIncludes(datum, value, false)
      : reason('a selection of one of a text is not supported')
  }
  return TRUE
}

/** A field of a selection is an access path; only those of one step are columns. */
const readPath = (path: string, read: ReadField): Value | Reason => {
  const bare = path.replace(/\\(.)/g, '$1')
  const plain = /^(?:[^.[\]"'\\]|\\.)+$/.test(path)
  return plain ? read(bare) : reason('a selection by a nested field has no SQL', path)
}

const testRange = (datum: TypedSql, value: Scalar, [left, right]: readonly [boolean, boolean]): SqlExpr | Reason => {
  if (!Array.isArray(value)) return reason('the interval of a selection is not an array')
  const [low, high] = [value[0], value.at(-1)].map((bound: Scalar) => toTyped(constant(bound)))
  if (low === undefined || high === undefined) return FALSE
  return withAll<[TypedSql, TypedSql], SqlExpr>([low, high], (a, b) => {
    const [start, end] = isReversed(value) ? [b, a] : [a, b]
    return withAll<[TypedSql], SqlExpr>([inrange(datum, start, end, left, right)], (test) => test.sql)
  })
}

/** As JavaScript's `>` has it, for numbers, texts and null alike. */
const isReversed = (range: readonly Scalar[]): boolean => (range[0] as number) > (range.at(-1) as number)

/** `===` with one of the values; `includes` finds NaN too. */
const testIncludes = (datum: TypedSql, values: readonly Scalar[], nan: boolean): SqlExpr | Reason => {
  const plain = values.filter((value) => typeof value === datum.type && !Number.isNaN(value))
  const texts = plain.map((value) => toTyped(constant(value)))
  const empty = values.filter((value) => value === null || value === undefined)
  const nulls = empty.map((value) =>
    withAll<[TypedSql], SqlExpr>([toTyped(constant(value))], (bound) => strictEqual(datum, bound)),
  )
  if (datum.type === 'json') return reason('values of unknown type are not compared')
  return withAll<SqlExpr[], SqlExpr>(nulls, (...missing) =>
    withAll<TypedSql[], SqlExpr>(texts, (...known) => {
      const list = isIn(
        datum.sql,
        known.map(({ sql }) => sql),
      )
      const some = datum.nulls ? coalesce(list, FALSE) : list
      const hasNan = nan && datum.type === 'number' && datum.nans && values.some(Number.isNaN)
      return or(known.length === 0 ? FALSE : some, ...missing, hasNan ? coalesce(isNan(datum.sql), FALSE) : FALSE)
    }),
  )
}

/** Neither null nor, by the global `isNaN`, without a number. */
const testValid = (datum: TypedSql): SqlExpr | Reason => {
  if (datum.type === 'null' || datum.type === 'undefined') return FALSE
  return withAll<[SqlExpr], SqlExpr>([numberOrNull(datum)], (number) =>
    and(
      datum.nulls ? not(isNull(datum.sql)) : TRUE,
      datum.nans || datum.type === 'string' ? coalesce(not(isNan(number)), FALSE) : TRUE,
    ),
  )
}
