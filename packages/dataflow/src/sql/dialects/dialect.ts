import type { SqlType } from '../ast.ts'

/** How one engine writes SQL. Data only; `print` does the walking. */
export interface Dialect {
  readonly name: string
  readonly types: Readonly<Record<SqlType, string>>
  /** Functions that this engine writes other than as `name(arguments)`. */
  readonly functions: Readonly<Record<string, (args: readonly string[]) => string>>
  /** An exact DOUBLE, whatever the value. */
  number(value: number): string
  /** A string constant. The text has no lone surrogates. */
  string(value: string): string
  identifier(id: string): string
  lambda(parameters: readonly string[], body: string): string
}
