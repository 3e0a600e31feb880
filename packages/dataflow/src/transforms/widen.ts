import { isPlainText, type Column } from '../columns.ts'
import { alphabetOf, commonAlphabet } from '../expr/alphabet.ts'

/** What is known of a column that also holds a value, which is of its type. */
export const widened = (column: Column, value: boolean | number | string): Column => {
  const { whole, nans, plain, alphabet, ...rest } = column
  if (typeof value === 'number') {
    const magnitude = Number.isNaN(value) ? 0 : Number.isInteger(value) ? Math.abs(value) : Infinity
    const most = Math.max(whole ?? Infinity, magnitude)
    return {
      ...rest,
      ...(plain === undefined ? {} : { plain }),
      ...(nans === undefined ? {} : { nans: nans || Number.isNaN(value) }),
      ...(Number.isFinite(most) ? { whole: most } : {}),
    }
  }
  if (typeof value === 'boolean') return column
  const common = commonAlphabet([alphabet, alphabetOf(value)])
  return {
    ...rest,
    plain: plain === true && isPlainText(value),
    ...(common === undefined ? {} : { alphabet: common }),
  }
}
