export type { Scalar, ColumnType } from './scalar.ts'
export type {
  Bindings,
  Definition,
  ExpressionTask,
  OutputTask,
  RootTask,
  SourceOrigin,
  SourceTask,
  Task,
  TaskGraph,
  TaskId,
  TransformTask,
  UnionTask,
  Wanted,
} from './task-graph.ts'
export { HTTP_STATUS, MagpieError, RECOVERABLE } from './errors.ts'
export type { ErrorCode } from './errors.ts'
export { NULL_KEY, ROWS_KEY, TYPE_KEY } from './table.ts'
export type { NullMeaning } from './table.ts'
export { PROTOCOL_VERSION } from './version.ts'
export type {
  GraphReference,
  Health,
  InspectRequest,
  InspectResponse,
  QueryRequest,
  QueryResponse,
  TableUse,
} from './messages.ts'
export type { Value } from './value.ts'
export { decodeError, encodeError } from './codec/error.ts'
export { encodeTaskGraph } from './codec/graph.ts'
export { decodeHealth, encodeHealth } from './codec/health.ts'
export {
  decodeInspectRequest,
  decodeInspectResponse,
  encodeInspectRequest,
  encodeInspectResponse,
} from './codec/inspect.ts'
export { LIMITS } from './codec/limits.ts'
export { decodeQueryRequest, decodeQueryResponse, encodeQueryRequest, encodeQueryResponse } from './codec/query.ts'
export { questionOf } from './codec/question.ts'
export type { Question } from './codec/question.ts'
export { decodeScalar, encodeScalar } from './codec/scalar.ts'
export { decodeCell, encodeCell } from './json-cell.ts'
export { isNumberArray } from './number-array.ts'
