import type { Column, Relation } from '../columns.ts'
import type { Projection } from '../sql/ast.ts'
import { extend } from '../sql/build.ts'

/** The columns after a property of that name was written: in its place if it was there, else at the end. */
export const putColumn = (columns: readonly Column[], column: Column): readonly Column[] =>
  columns.some((other) => other.name === column.name)
    ? columns.map((other) => (other.name === column.name ? column : other))
    : [...columns, column]

/** A column and the SQL that computes it. */
export interface Computed {
  readonly column: Column
  readonly sql: Projection['expr']
}

/** The same rows with properties written in the order given. */
export const withColumns = (input: Relation, computed: readonly Computed[]): Relation => ({
  ...input,
  columns: computed.reduce<readonly Column[]>((columns, { column }) => putColumn(columns, column), input.columns),
  query:
    computed.length === 0
      ? input.query
      : extend(
          input.query,
          computed.map(({ column, sql }) => ({ id: column.id, expr: sql })),
        ),
})
