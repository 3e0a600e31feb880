import type { Relation } from '../columns.ts'
import type { Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'

/** What a transform sees while it is compiled: every parameter is a value by now. */
export interface Build {
  /** Values of the signals that the definition names. */
  readonly signals: Readonly<Record<string, Scalar>>
  /** Rows of the data sets that the definition's expressions read (`data()`, selection stores), when small. */
  readonly data: Readonly<Record<string, readonly Readonly<Record<string, Scalar>>[]>>
  /** Relations of the data sets that the definition reads as tables (`lookup.from`), where one is at hand. */
  readonly relations: Readonly<Record<string, Relation>>
  /** IANA name of the viewer's time zone. */
  readonly timeZone: string
  /** A fresh SQL identifier, unique within the statement. */
  fresh(): string
}

/** What compiling a transform to SQL yields. */
export type Compiled =
  | {
      readonly relation: Relation
      /** The scalar that the transform writes to its `signal`, where the definition has one. */
      readonly output?: Output
    }
  | Question
  | Reason

/** What a transform becomes depends on values of its input, such as those that a pivot makes fields of. */
export interface Question {
  readonly ask: Relation
  /** Goes on with the rows that were asked for. */
  answered(rows: readonly Readonly<Record<string, Scalar>>[]): Compiled
}

export type Output =
  /** Known without asking the engine, as for `bin`. */
  | { readonly kind: 'value'; readonly value: Scalar }
  /** One row from the engine, made into the scalar by `read`. */
  | { readonly kind: 'query'; readonly relation: Relation; read(row: Readonly<Record<string, Scalar>>): Scalar }

/** One Vega transform in SQL. Exact, or a reason why not. */
export interface TransformDef {
  /** Vega's `type`. */
  readonly type: string
  /**
   * SQL for the transform over `input`. A Reason means that Vega's own dataflow runs this step instead.
   * `definition` is Vega's transform object; parameters may be `{signal: …}`, to be read through `parameter(…)`.
   */
  sql(definition: Readonly<Record<string, unknown>>, input: Relation, build: Build): Compiled
}
