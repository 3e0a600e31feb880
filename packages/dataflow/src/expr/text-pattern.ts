import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { call, integer, literal } from '../sql/build.ts'
import { alphabetOf, commonAlphabet } from './alphabet.ts'
import { textAlphabet, toText } from './coerce.ts'
import { toRe2 } from './regexp.ts'
import type { TypedSql } from './typed.ts'
import { stringSql, withAll } from './value.ts'

/** `text.replace(pattern, by)`, for patterns that find some text wherever they find anything. */
export const replaceMatches = (value: TypedSql, pattern: RegExp, by: string): TypedSql | Reason => {
  const everywhere = pattern.flags.includes('g')
  const once = new RegExp(pattern.source, pattern.flags.replace('g', ''))
  if (/\\b/.test(pattern.source) || once.test('')) return reason('the pattern may find nothing between characters')
  if (by.includes('$')) return reason('patterns in a replacement are not supported')
  const alphabet = textAlphabet(value)
  if (alphabet === undefined) return reason('the engine counts characters beyond the BMP in other units', 'text')
  return withAll<[SqlExpr, string], TypedSql>([toText(value), toRe2(once)], (text, re2) =>
    stringSql(
      call(
        'regexp_replace',
        text,
        literal(re2),
        literal(by.replaceAll('\\', '\\\\')),
        ...(everywhere ? [literal('g')] : []),
      ),
      commonAlphabet([alphabet, alphabetOf(by)]),
    ),
  )
}

/** `text.split(separator)[index]`: undefined where there are fewer parts. */
export const partOf = (value: TypedSql, separator: string, index: number): TypedSql | Reason =>
  separator === ''
    ? reason('a text is split into UTF-16 units')
    : withAll<[SqlExpr], TypedSql>([toText(value)], (text) => ({
        ...stringSql(
          call('list_extract', call('string_split', text, literal(separator)), integer(index + 1)),
          textAlphabet(value),
        ),
        nulls: true,
        undefinedNull: true,
      }))
