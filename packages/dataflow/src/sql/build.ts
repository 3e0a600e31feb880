import type { BinaryOperator, OrderBy, Projection, Query, SqlExpr, SqlType } from './ast.ts'

/** A reference to a column by its identifier. */
export const column = (id: string): SqlExpr => Object.freeze({ kind: 'column', id })

/** A constant; a number is an exact DOUBLE. */
export const literal = (value: null | boolean | number | string): SqlExpr => Object.freeze({ kind: 'literal', value })

/** An integer constant, for arguments that the engine wants as integers. */
export const integer = (value: number): SqlExpr => Object.freeze({ kind: 'integer', value })

export const call = (name: string, ...args: readonly SqlExpr[]): SqlExpr => Object.freeze({ kind: 'call', name, args })

export const cast = (operand: SqlExpr, type: SqlType): SqlExpr => Object.freeze({ kind: 'cast', operand, type })

/** A cast whose failure is NULL. */
export const tryCast = (operand: SqlExpr, type: SqlType): SqlExpr =>
  Object.freeze({ kind: 'cast', operand, type, try: true })

export const binary = (op: BinaryOperator, left: SqlExpr, right: SqlExpr): SqlExpr =>
  folded(op, left, right) ?? Object.freeze({ kind: 'binary', op, left, right })

/** Arithmetic and comparisons of constants, where JavaScript and SQL agree: all but comparisons with NaN. */
const FOLD: Partial<Record<BinaryOperator, (a: number, b: number) => number | boolean>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => a / b,
  '%': (a, b) => a % b,
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const folded = (op: BinaryOperator, left: SqlExpr, right: SqlExpr): SqlExpr | undefined => {
  const fold = FOLD[op]
  if (fold === undefined || left.kind !== 'literal' || right.kind !== 'literal') return undefined
  const [a, b] = [left.value, right.value]
  if (typeof a !== 'number' || typeof b !== 'number' || Number.isNaN(a) || Number.isNaN(b)) return undefined
  return literal(fold(a, b))
}

export const add = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('+', left, right)
export const subtract = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('-', left, right)
export const multiply = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('*', left, right)
export const divide = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('/', left, right)
export const remainder = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('%', left, right)
export const concat = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('||', left, right)

/** SQL's own comparisons: NULL yields NULL, NaN equals itself and is greatest. */
export const equal = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('=', left, right)
export const notEqual = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('<>', left, right)
export const less = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('<', left, right)
export const atMost = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('<=', left, right)
export const greater = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('>', left, right)
export const atLeast = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('>=', left, right)
/** Equality for which NULL equals NULL. */
export const same = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('is not distinct from', left, right)
export const different = (left: SqlExpr, right: SqlExpr): SqlExpr => binary('is distinct from', left, right)

export const TRUE = literal(true)
export const FALSE = literal(false)
export const NULL = literal(null)
export const NAN = literal(Number.NaN)

const isLiteral = (expr: SqlExpr, value: boolean): boolean => expr.kind === 'literal' && expr.value === value

/** All of them; true when there is none. */
export const and = (...operands: readonly SqlExpr[]): SqlExpr =>
  operands.some((operand) => isLiteral(operand, false))
    ? FALSE
    : joined(
        'and',
        operands.filter((operand) => !isLiteral(operand, true)),
        TRUE,
      )

/** One of them; false when there is none. */
export const or = (...operands: readonly SqlExpr[]): SqlExpr =>
  operands.some((operand) => isLiteral(operand, true))
    ? TRUE
    : joined(
        'or',
        operands.filter((operand) => !isLiteral(operand, false)),
        FALSE,
      )

const joined = (op: 'and' | 'or', operands: readonly SqlExpr[], empty: SqlExpr): SqlExpr =>
  operands.length === 0 ? empty : operands.reduce((left, right) => binary(op, left, right))

export const not = (operand: SqlExpr): SqlExpr =>
  isLiteral(operand, true)
    ? FALSE
    : isLiteral(operand, false)
      ? TRUE
      : Object.freeze({ kind: 'unary', op: 'not', operand })
export const negate = (operand: SqlExpr): SqlExpr => Object.freeze({ kind: 'unary', op: '-', operand })
export const isNull = (operand: SqlExpr): SqlExpr => Object.freeze({ kind: 'unary', op: 'is null', operand })
export const isNotNull = (operand: SqlExpr): SqlExpr => Object.freeze({ kind: 'unary', op: 'is not null', operand })

export const coalesce = (...operands: readonly SqlExpr[]): SqlExpr => call('coalesce', ...operands)
export const isNan = (operand: SqlExpr): SqlExpr => call('isnan', operand)

/** `case when a then b … else otherwise end`, without branches that are never or always taken. */
export const when = (branches: readonly (readonly [SqlExpr, SqlExpr])[], otherwise: SqlExpr): SqlExpr => {
  const sure = branches.findIndex(([test]) => isLiteral(test, true))
  const rest = sure < 0 ? otherwise : (branches[sure]?.[1] ?? otherwise)
  const open = branches.slice(0, sure < 0 ? undefined : sure).filter(([test]) => !isLiteral(test, false))
  return open.length === 0
    ? rest
    : Object.freeze({ kind: 'case', branches: open.map(([test, then]) => ({ when: test, then })), otherwise: rest })
}

export const isIn = (operand: SqlExpr, values: readonly SqlExpr[]): SqlExpr =>
  values.length === 0 ? FALSE : Object.freeze({ kind: 'in', operand, values })

export const lambda = (parameters: readonly string[], body: SqlExpr): SqlExpr =>
  Object.freeze({ kind: 'lambda', parameters, body })

export const as = (id: string, expr: SqlExpr): Projection => Object.freeze({ id, expr })

export const ascending = (expr: SqlExpr, nulls: 'first' | 'last' = 'last'): OrderBy =>
  Object.freeze({ expr, direction: 'asc', nulls })
export const descending = (expr: SqlExpr, nulls: 'first' | 'last' = 'last'): OrderBy =>
  Object.freeze({ expr, direction: 'desc', nulls })

export const table = (name: string): Query => Object.freeze({ kind: 'table', name })

export type Select = Extract<Query, { kind: 'select' }>
export const select = (clauses: Omit<Select, 'kind'>): Query => Object.freeze({ kind: 'select', ...clauses })

/** Every column of `from`, and more. */
export const extend = (from: Query, columns: readonly Projection[]): Query => select({ from, star: true, columns })

/** The rows of `from` for which `test` is true. */
export const where = (from: Query, test: SqlExpr): Query => select({ from, star: true, columns: [], where: test })
