import type { Column } from '../columns.ts'
import type { Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { SqlExpr } from '../sql/ast.ts'

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
}

/** What an expression may refer to. */
export interface ExprScope {
  readonly columns: readonly Column[]
  readonly signals: Readonly<Record<string, Scalar>>
  readonly data: Readonly<Record<string, readonly Readonly<Record<string, Scalar>>[]>>
  readonly timeZone: string
}

/**
 * Compiles a Vega expression to SQL with JavaScript's semantics, or says why it cannot be exact.
 * Source: https://vega.github.io/vega/docs/expressions/
 */
export declare function compileExpression(expression: string, scope: ExprScope): TypedSql | Reason
