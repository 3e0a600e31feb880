import type { References } from '@magpie-vega/dataflow'
import type { JsonObject, Path } from './json.ts'

export type ScopeId = number & { readonly __scope: true }
export type DataId = number & { readonly __data: true }
export type SignalId = number & { readonly __signal: true }
export type FrameId = number & { readonly __frame: true }

/**
 * Where names are defined: the top level, or a group mark. A group without `from` is there exactly once (`static`); one with
 * `from` is repeated for its data (`dynamic`), and so is everything inside it.
 */
export interface Scope {
  readonly id: ScopeId
  readonly parent: ScopeId | undefined
  readonly kind: 'top' | 'static' | 'dynamic'
  readonly path: Path
  readonly data: ReadonlyMap<string, DataId>
  readonly signals: ReadonlyMap<string, SignalId>
  /** Scales and projections, which share their names. */
  readonly frames: ReadonlyMap<string, FrameId>
}

/** What an expression, or the parameters of a transform, refer to, with names resolved; undefined: no such name. */
export interface Resolved {
  readonly signals: ReadonlyMap<string, SignalId | undefined>
  readonly data: ReadonlyMap<string, DataId | undefined>
  readonly frames: ReadonlyMap<string, FrameId | undefined>
  readonly expressions: readonly References[]
  /** An expression that cannot be read. */
  readonly problem?: string
}

/** One transform of a data set. */
export interface Step {
  /** With the definition of its projection, where it names one of the top level. */
  readonly definition: JsonObject
  /** In lower case, as Vega looks it up. */
  readonly type: string
  readonly path: Path
  readonly reads: Resolved
}

/** Where a transform stands: its data set, and its place in it. */
export interface StepPlace {
  readonly data: DataId
  readonly step: number
}

export interface DataSet {
  readonly id: DataId
  readonly name: string
  readonly scope: ScopeId
  readonly path: Path
  /** `rows`: the data set that a facet makes, or the items of a named mark. */
  readonly kind: 'defined' | 'rows'
  readonly definition: JsonObject
  /** Undefined: no such name. */
  readonly sources: readonly (DataId | undefined)[]
  /** What a URL that is a signal refers to. */
  readonly urlReads: Resolved
  readonly steps: readonly Step[]
  /** An expression changes it (`modify`, `setdata`). */
  readonly written: boolean
}

export interface Signal {
  readonly id: SignalId
  readonly name: string
  readonly scope: ScopeId
  readonly path: Path
  /** `output`: written by a transform. `implicit`: Vega's own (`width`, `parent`, …). */
  readonly kind: 'defined' | 'implicit' | 'output'
  readonly definition: JsonObject
  readonly output?: { readonly data: DataId; readonly step: number }
  /** A nested scope changes it (`push: "outer"`). */
  readonly pushed: boolean
  /** What `update` or `init` refers to. */
  readonly reads: Resolved
}

/** A scale or a projection. */
export interface Frame {
  readonly id: FrameId
  readonly name: string
  readonly scope: ScopeId
  readonly kind: 'scale' | 'projection'
  /** With the range, or the parameters, that the configuration gives. */
  readonly definition: JsonObject
  readonly reads: Resolved
}

/** The part of the spec that makes use of a name. */
export type User =
  | { readonly kind: 'step'; readonly data: DataId; readonly step: number }
  /** The origin of a data set: `source`, `url`, `on`. */
  | { readonly kind: 'origin'; readonly data: DataId }
  | { readonly kind: 'signal'; readonly signal: SignalId }
  /** Marks, scales and everything else that stays in the browser. */
  | { readonly kind: 'view' }

/** A reference of a scale's domain to one field of a data set. */
export interface DomainUse {
  /** Path of the `{data, field}` object. */
  readonly path: Path
  readonly scale: string
  readonly scaleType: string
  readonly field: unknown
  readonly sort: unknown
  /** One of several fields. */
  readonly multiple: boolean
}

export interface DataUse {
  readonly user: User
  readonly data: DataId
  readonly domain?: DomainUse
  /** A facet takes the cells of the data set's last aggregate for its groups. */
  readonly cells?: boolean
}
export interface SignalUse {
  readonly user: User
  readonly signal: SignalId
}

/** The names of a spec, what they stand for, and who uses them. */
export interface Model {
  readonly spec: JsonObject
  readonly scopes: readonly Scope[]
  readonly data: readonly DataSet[]
  readonly signals: readonly Signal[]
  readonly frames: readonly Frame[]
  readonly dataUses: readonly DataUse[]
  readonly signalUses: readonly SignalUse[]
  /** Every word of the spec; a fresh name is none of them. */
  readonly words: ReadonlySet<string>
  /** Spec-wide settings that change what expressions mean. */
  readonly locale: boolean
  /** In the order of their definitions. */
  readonly identifiers: readonly StepPlace[]
}
