import { reason, type Reason } from '../reason.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { when } from '../sql/build.ts'
import { commonAlphabet } from './alphabet.ts'
import { textAlphabet } from './coerce.ts'
import type { TypedSql } from './typed.ts'
import { toTyped, withAll, type Value } from './value.ts'

const isEmpty = (value: TypedSql): boolean => value.type === 'null' || value.type === 'undefined'

/** `test ? a : b`, of two values of one type, or of one that is null or undefined. */
export const choose = (test: SqlExpr, a: Value, b: Value): Value | Reason =>
  withAll<[TypedSql, TypedSql], TypedSql>([toTyped(a), toTyped(b)], (left, right) => {
    if (left.nulls && right.nulls && left.undefinedNull !== right.undefinedNull) {
      return reason('null and undefined cannot be told apart in one column')
    }
    if (left.type !== right.type && !isEmpty(left) && !isEmpty(right)) {
      return reason(`values are either ${left.type} or ${right.type}`)
    }
    const alphabet = commonAlphabet([left, right].map(textAlphabet))
    const undefinedNull = (left.nulls ? left.undefinedNull : right.undefinedNull) === true
    return {
      sql: when([[test, left.sql]], right.sql),
      type: isEmpty(left) ? right.type : left.type,
      nulls: left.nulls || right.nulls,
      ...(undefinedNull ? { undefinedNull } : {}),
      nans: left.nans || right.nans,
      ...(alphabet === undefined ? {} : { alphabet }),
    }
  })
