import type { Reason } from '../reason.ts'
import type { TypedSql } from './compile.ts'
import { DATE_FUNCTIONS } from './functions-date.ts'
import { MATH_FUNCTIONS } from './functions-math.ts'
import { STRING_FUNCTIONS } from './functions-string.ts'
import { TYPE_FUNCTIONS } from './functions-type.ts'

/** What a function may know besides its arguments. */
export interface FunctionScope {
  readonly timeZone: string
}

/** A Vega function of arguments that depend on the row: its SQL, or why there is none that is exact. */
export type SqlFunction = (args: readonly TypedSql[], scope: FunctionScope) => TypedSql | Reason

/** Vega's functions that have SQL, or a reason of their own why not. Any other has no SQL. */
export const FUNCTIONS: Readonly<Record<string, SqlFunction>> = Object.freeze({
  ...TYPE_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...STRING_FUNCTIONS,
})
