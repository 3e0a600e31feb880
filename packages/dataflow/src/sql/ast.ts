/** SQL as plain frozen values. Knows nothing of Vega; a dialect prints it. */

export type SqlType =
  | 'double'
  | 'varchar'
  | 'boolean'
  | 'tinyint'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'ubigint'
  | 'timestamp'
  | 'utinyint'
  | 'usmallint'
  | 'hugeint'

export type BinaryOperator =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  /** Of integers: their quotient, towards 0. */
  | '//'
  | '='
  | '<>'
  | '<'
  | '<='
  | '>'
  | '>='
  | 'and'
  | 'or'
  | '||'
  | 'is distinct from'
  | 'is not distinct from'
export type UnaryOperator = 'not' | '-' | 'is null' | 'is not null'

export interface OrderBy {
  readonly expr: SqlExpr
  readonly direction: 'asc' | 'desc'
  readonly nulls?: 'first' | 'last'
}

/** An offset from the current row (negative: preceding), a number of rows that the row itself says, or unbounded. */
export type FrameBound = number | 'unbounded' | { readonly preceding: SqlExpr } | { readonly following: SqlExpr }

/** A window frame. */
export interface Frame {
  readonly unit: 'rows' | 'range'
  readonly start: FrameBound
  readonly end: FrameBound
}

export interface Over {
  readonly partitionBy: readonly SqlExpr[]
  readonly orderBy: readonly OrderBy[]
  readonly frame?: Frame
}

export type SqlExpr =
  | { readonly kind: 'column'; readonly id: string }
  /** Numbers print as exact doubles. NaN and the infinities are allowed. */
  | { readonly kind: 'literal'; readonly value: null | boolean | number | string }
  /** A number printed as an integer literal. */
  | { readonly kind: 'integer'; readonly value: number }
  | { readonly kind: 'unary'; readonly op: UnaryOperator; readonly operand: SqlExpr }
  | { readonly kind: 'binary'; readonly op: BinaryOperator; readonly left: SqlExpr; readonly right: SqlExpr }
  | { readonly kind: 'call'; readonly name: string; readonly args: readonly SqlExpr[] }
  | {
      readonly kind: 'case'
      readonly branches: readonly { readonly when: SqlExpr; readonly then: SqlExpr }[]
      readonly otherwise?: SqlExpr
    }
  | { readonly kind: 'cast'; readonly operand: SqlExpr; readonly type: SqlType; readonly try?: boolean }
  | { readonly kind: 'in'; readonly operand: SqlExpr; readonly values: readonly SqlExpr[] }
  /** A function as an argument of a list function; its parameters are columns within `body`. */
  | { readonly kind: 'lambda'; readonly parameters: readonly string[]; readonly body: SqlExpr }
  /** The one value of a query of one column and at most one row. */
  | { readonly kind: 'scalar'; readonly query: Query }
  | {
      readonly kind: 'aggregate'
      readonly name: string
      /** Empty for `count(*)`. */
      readonly args: readonly SqlExpr[]
      readonly distinct?: boolean
      readonly filter?: SqlExpr
      readonly orderBy?: readonly OrderBy[]
      readonly ignoreNulls?: boolean
      /** No argument is -0, which a least or greatest value may or may not be where there is a 0, too. */
      readonly oneZero?: true
      readonly over?: Over
    }

/** One output column of a select. */
export interface Projection {
  readonly id: string
  readonly expr: SqlExpr
}

export type Query =
  | { readonly kind: 'table'; readonly name: string }
  | {
      readonly kind: 'select'
      readonly from?: Query
      /** `columns` only, or every column of `from` followed by `columns` when `star`. */
      readonly star?: boolean
      readonly columns: readonly Projection[]
      readonly where?: SqlExpr
      readonly groupBy?: readonly SqlExpr[]
      readonly having?: SqlExpr
      readonly qualify?: SqlExpr
      readonly orderBy?: readonly OrderBy[]
      readonly limit?: number
    }
  /** `left` joined to `right`; columns of the two sides have different identifiers. */
  | {
      readonly kind: 'join'
      readonly type: 'left' | 'inner' | 'cross'
      readonly left: Query
      readonly right: Query
      readonly on?: SqlExpr
    }
  | { readonly kind: 'union'; readonly inputs: readonly Query[] }
  /** A literal table. */
  | { readonly kind: 'values'; readonly ids: readonly string[]; readonly rows: readonly (readonly SqlExpr[])[] }
  /** A named subquery used several times in `body`. */
  | { readonly kind: 'with'; readonly name: string; readonly query: Query; readonly body: Query }
