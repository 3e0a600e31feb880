import { DATE_FUNCTIONS } from './functions-date.ts'
import { FORMAT_FUNCTIONS } from './functions-format.ts'
import { MATH_FUNCTIONS } from './functions-math.ts'
import { NUMBER_FORMAT_FUNCTIONS } from './functions-number-format.ts'
import { STRING_FUNCTIONS } from './functions-string.ts'
import { TYPE_FUNCTIONS } from './functions-type.ts'
import type { SqlFunction } from './typed.ts'

/** Vega's functions that have SQL, or a reason of their own why not. Any other has no SQL. */
export const FUNCTIONS: Readonly<Record<string, SqlFunction>> = Object.freeze({
  ...TYPE_FUNCTIONS,
  ...MATH_FUNCTIONS,
  ...DATE_FUNCTIONS,
  ...FORMAT_FUNCTIONS,
  ...NUMBER_FORMAT_FUNCTIONS,
  ...STRING_FUNCTIONS,
})
