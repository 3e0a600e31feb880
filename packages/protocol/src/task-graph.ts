/** Index of a task in its graph. References only point to earlier tasks. */
export type TaskId = number & { readonly __brand: 'TaskId' }

/** A value that arrives with the request: a signal, or the rows of a data set such as a selection store. */
export interface RootTask {
  readonly kind: 'root'
  readonly name: string
  readonly type: 'signal' | 'data'
}

export type SourceOrigin =
  /** SHA-256 of an uploaded Arrow IPC stream, in lower-case hexadecimal. */
  | { readonly kind: 'table'; readonly sha256: string }
  | { readonly kind: 'url'; readonly url: string }
  /** The URL is the value of a task. */
  | { readonly kind: 'url-of'; readonly task: TaskId }
  /** Inline `values` as JSON text (a JSON string for text such as CSV). */
  | { readonly kind: 'values'; readonly json: string }

/** Rows from outside the graph, read as Vega's loader reads them. */
export interface SourceTask {
  readonly kind: 'source'
  readonly from: SourceOrigin
  /** Vega's `format` object, without references to signals. */
  readonly format?: Readonly<Record<string, unknown>>
}

/** A scale or projection as Vega defines one; the signals and data sets that it names are bound beside it. */
export type Definition = Readonly<Record<string, unknown>>

/** What a definition's names mean: name → task. */
export interface Bindings {
  readonly signals: Readonly<Record<string, TaskId>>
  readonly data: Readonly<Record<string, TaskId>>
  /** Scales that expressions call by name; absent: none. */
  readonly scales?: readonly Definition[]
  /** Projections that expressions call by name; absent: none. */
  readonly projections?: readonly Definition[]
}

/** One Vega transform. Its value is the data set after the transform. */
export interface TransformTask extends Bindings {
  readonly kind: 'transform'
  /** Vega's transform object, e.g. `{type: 'filter', expr: 'datum.x > lo'}`. */
  readonly definition: Readonly<Record<string, unknown>> & { readonly type: string }
  /** Absent for a transform that generates rows from nothing, such as `sequence`. */
  readonly input?: TaskId
}

/** The scalar that a transform writes to its `signal`, such as `extent` or `bin`. */
export interface OutputTask {
  readonly kind: 'output'
  readonly transform: TaskId
}

/** A Vega expression over signals and data sets; its value is a scalar. */
export interface ExpressionTask extends Bindings {
  readonly kind: 'expression'
  readonly expression: string
}

/** The rows of several data sets, one after the other (`source` as a list). */
export interface UnionTask {
  readonly kind: 'union'
  readonly inputs: readonly TaskId[]
}

export type Task = RootTask | SourceTask | TransformTask | OutputTask | ExpressionTask | UnionTask

/** Tasks in topological order. Names and positions of other tasks do not enter a task's fingerprint. */
export interface TaskGraph {
  readonly tasks: readonly Task[]
}

/** A value asked for; `columns: 'all'` or the names of the columns that somebody reads. */
export interface Wanted {
  readonly task: TaskId
  readonly columns: 'all' | readonly string[]
}
