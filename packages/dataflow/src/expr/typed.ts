import type { Column, Member, Stored } from '../columns.ts'
import type { Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { SqlExpr } from '../sql/ast.ts'
import type { Alphabet } from './alphabet.ts'

/** The type of a compiled expression's values. */
export type ExprType = 'number' | 'string' | 'boolean' | 'date' | 'json' | 'null' | 'undefined'

/** A SQL expression with the JavaScript type of its values. */
export interface TypedSql {
  readonly sql: SqlExpr
  readonly type: ExprType
  /** May it be SQL NULL? NULL stands for null, or for undefined when `undefinedNull`. */
  readonly nulls: boolean
  readonly undefinedNull?: boolean
  /** May a number be NaN (a date invalid)? */
  readonly nans: boolean
  /** Of texts. */
  readonly alphabet?: Alphabet
  /** Of a column as it is: what is known of its numbers. */
  readonly stored?: Stored
}

/** What an expression may refer to. */
export interface ExprScope {
  readonly columns: readonly Column[]
  readonly members?: readonly Member[] | undefined
  readonly stored?: Readonly<Record<string, Stored>> | undefined
  readonly signals: Readonly<Record<string, Scalar>>
  readonly data: Readonly<Record<string, readonly Readonly<Record<string, Scalar>>[]>>
  readonly timeZone: string
}

/** What is known while an expression is compiled. */
export interface CompileScope extends ExprScope {
  /** Stores that the whole expression tests for the intersection of their units. */
  readonly intersected: ReadonlySet<string>
}

/** What a function may know besides its arguments. */
export interface FunctionScope {
  readonly timeZone: string
}

/** A Vega function of arguments that depend on the row: its SQL, or why there is none that is exact. */
export type SqlFunction = (args: readonly TypedSql[], scope: FunctionScope) => TypedSql | Reason
