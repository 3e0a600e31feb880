export { isPlainText } from './columns.ts'
export type { Code, Column, ColumnType, IntegerType, Member, Relation, Stored } from './columns.ts'
export { integerType, storedTable, type StoredColumn } from './stored-table.ts'
export type { NumberArray, Scalar } from './scalar.ts'
export type { Reason } from './reason.ts'
export type { Expr } from './expr/ast.ts'
export { parse } from './expr/parse.ts'
export { CONSTANTS, references, referencesOf, type References, type Use } from './expr/references.ts'
export type { Query, SqlExpr } from './sql/ast.ts'
export { groupingOf, type Grouping } from './sql/grouping.ts'
export { jointGrouping, type Joint } from './sql/joint.ts'
export {
  partialGroups,
  type PartialGroups,
  type RowTest,
  testedGrouping,
  type TestedGrouping,
} from './sql/partial-groups.ts'
export { print, printExpr } from './sql/print.ts'
export { withoutUnused } from './sql/unused.ts'
export type { Dialect } from './sql/dialects/dialect.ts'
export { duckdb } from './sql/dialects/duckdb.ts'
export { instantOf, zoneNamed } from './expr/time-zone.ts'
export { isReason, reason } from './reason.ts'
export type { Build, Compiled, Output, Question } from './transforms/transform.ts'
export { compileTransform, transforms } from './transforms/index.ts'
export { givesRows, mayGiveRows, ROW_OPERATIONS } from './transforms/row-operations.ts'
export { compileExpression, compilePredicate, type ExprScope, type ExprType, type TypedSql } from './expr/compile.ts'
export type { ConstantScope } from './expr/constant-function.ts'
export { evaluate } from './expr/evaluate.ts'
export { alphabetOf, commonAlphabet } from './expr/alphabet.ts'
export { truthy } from './expr/coerce.ts'
export { expressionClosures, type ExpressionEvaluator } from './closures/expression-closures.ts'
