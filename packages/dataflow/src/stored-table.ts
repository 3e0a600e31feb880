import type { Code, Column, IntegerType, Relation, Stored } from './columns.ts'
import type { Projection, SqlExpr } from './sql/ast.ts'
import { add, call, cast, column as columnExpr, extend, integer, literal, table } from './sql/build.ts'

/** How a column of a data set lies in a table of an engine. */
export interface StoredColumn {
  /** What expressions see. Its `id` is the column of the table that holds the values, unless `integer` or `code` is all that there is. */
  readonly column: Column
  /** Present for numbers and dates with finite values of which the bounds are known. */
  readonly stored?: Stored
  /** Texts by their number in a dictionary; NULL for null. Few enough to write the dictionary into a statement. */
  readonly code?: { readonly id: string; readonly dictionary: readonly string[] }
  /** The table has no column of the values themselves: they follow from the integer column, or from the code. */
  readonly derived?: boolean
}

/** The integer type of the fewest bytes that holds all integers of a range; undefined where none does exactly. */
export const integerType = (least: number, most: number): IntegerType | undefined => {
  const magnitude = Math.max(-least - 1, most)
  if (magnitude < 2 ** 7) return 'tinyint'
  if (magnitude < 2 ** 15) return 'smallint'
  if (magnitude < 2 ** 31) return 'integer'
  return magnitude <= Number.MAX_SAFE_INTEGER ? 'bigint' : undefined
}

/** The text of a number of a dictionary. */
const textOf =
  (dictionary: readonly string[]) =>
  (number: SqlExpr): SqlExpr =>
    cast(
      call(
        'list_extract',
        call('list_value', ...dictionary.map((text) => literal(text))),
        add(cast(number, 'bigint'), integer(1)),
      ),
      'varchar',
    )

const valueOf = ({ stored, code }: StoredColumn): SqlExpr | undefined =>
  stored?.integer !== undefined
    ? cast(columnExpr(stored.integer.id), 'double')
    : code && textOf(code.dictionary)(columnExpr(code.id))

/**
 * The rows of a table of an engine as a relation: integers and codes are at hand beside the values, which are computed where they
 * are read.
 *
 * @param order the column that numbers the rows from 0
 */
export const storedTable = (name: string, columns: readonly StoredColumn[], order: string, rows: number): Relation => {
  const derived = columns.flatMap((one): readonly Projection[] => {
    const expr = one.derived === true ? valueOf(one) : undefined
    return expr === undefined ? [] : [{ id: one.column.id, expr }]
  })
  const codes = columns.flatMap(({ column, code }): readonly Code[] => {
    if (code === undefined) return []
    const { id, dictionary } = code
    return [{ id, columns: [column.id], telling: 1, values: [textOf(dictionary)], texts: dictionary }]
  })
  const query = derived.length === 0 ? table(name) : extend(table(name), derived)
  return {
    columns: columns.map(({ column }) => column),
    query,
    order,
    counted: query,
    rows,
    codes,
    stored: Object.fromEntries(columns.flatMap(({ column, stored }) => (stored ? [[column.id, stored]] : []))),
  }
}
