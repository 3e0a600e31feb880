import type { Scalar } from '../scalar.ts'
import { CONSTANT_DATE_FUNCTIONS } from './evaluate-dates.ts'
import { CONSTANT_SEQUENCE_FUNCTIONS } from './evaluate-sequences.ts'
import type { ConstantFunction, ConstantScope } from './constant-function.ts'
import { resolveSelection } from './selection-resolve.ts'

const number = (value: Scalar): number => {
  if (typeof value === 'object' && value !== null && !(value instanceof Date))
    throw new Error('objects are not numbers')
  return Number(value)
}

const math =
  (apply: (...values: number[]) => number): ConstantFunction =>
  (args) =>
    apply(...args.map(number))

const isEmpty = (value: Scalar): boolean => value === null || value === undefined || value === ''
const text = (value: Scalar): string => {
  if (typeof value === 'object' && value !== null) throw new Error('the text of an object is not computed with')
  return String(value)
}

const rowsOf = (name: Scalar, scope: ConstantScope): readonly Readonly<Record<string, Scalar>>[] => {
  const rows = typeof name === 'string' && Object.hasOwn(scope.data, name) ? scope.data[name] : undefined
  if (rows === undefined) throw new Error(`the rows of ${String(name)} are not at hand`)
  return rows
}

const MATH: Readonly<Record<string, ConstantFunction>> = {
  abs: math(Math.abs),
  acos: math(Math.acos),
  asin: math(Math.asin),
  atan: math(Math.atan),
  atan2: math((y = NaN, x = NaN) => Math.atan2(y, x)),
  ceil: math(Math.ceil),
  cos: math(Math.cos),
  exp: math(Math.exp),
  floor: math(Math.floor),
  hypot: math(Math.hypot),
  log: math(Math.log),
  max: math(Math.max),
  min: math(Math.min),
  pow: math((x = NaN, y = NaN) => Math.pow(x, y)),
  round: math(Math.round),
  sin: math(Math.sin),
  sqrt: math(Math.sqrt),
  tan: math(Math.tan),
  clamp: (args) => {
    const [value = NaN, low = NaN, high = NaN] = args.map(number)
    if (args.length !== 3) throw new Error('clamp takes three arguments')
    return Math.max(low, Math.min(high, value))
  },
}

const TYPES: Readonly<Record<string, ConstantFunction>> = {
  isArray: ([value]) => Array.isArray(value),
  isBoolean: ([value]) => typeof value === 'boolean',
  isDate: ([value]) => value instanceof Date,
  isDefined: ([value]) => value !== undefined,
  isFinite: ([value]) => Number.isFinite(value),
  isNaN: ([value]) => Number.isNaN(value),
  isNumber: ([value]) => typeof value === 'number',
  isObject: ([value]) => typeof value === 'object' && value !== null,
  isRegExp: ([value]) => value instanceof RegExp,
  isString: ([value]) => typeof value === 'string',
  isValid: ([value]) => value !== null && value !== undefined && !Number.isNaN(value),
  toBoolean: ([value]) => (isEmpty(value) ? null : value === 'false' || value === '0' ? false : Boolean(value)),
  toNumber: ([value]) => (isEmpty(value) ? null : number(value)),
  toString: ([value]: readonly Scalar[]) => (isEmpty(value) ? null : text(value)),
}

const DATA: Readonly<Record<string, ConstantFunction>> = {
  data: ([name], scope) => rowsOf(name, scope),
  vlSelectionResolve: ([name, op, multi, vl5], scope) =>
    resolveSelection(
      rowsOf(name, scope),
      typeof op === 'string' && op !== '' ? op : 'union',
      Boolean(multi),
      Boolean(vl5),
    ),
}

/** Vega's functions that can be evaluated while an expression is compiled. */
export const CONSTANT_FUNCTIONS: Readonly<Record<string, ConstantFunction>> = Object.freeze({
  ...MATH,
  ...TYPES,
  ...DATA,
  ...CONSTANT_DATE_FUNCTIONS,
  ...CONSTANT_SEQUENCE_FUNCTIONS,
})
