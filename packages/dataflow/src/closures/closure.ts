export type Callable = (...args: readonly unknown[]) => unknown
export type Fields = Record<string, unknown>

/** Vega's functions by name; what a function calls `this`. */
export type Functions = Readonly<Fields>

/** The functions that an event brings itself. */
export type EventFunction = 'view' | 'item' | 'group' | 'xy' | 'x' | 'y'

export interface VegaEvent {
  readonly item?: { readonly datum?: unknown } | null
  readonly vega: Readonly<Record<EventFunction, Callable>>
}

/** Where there is no event: Vega's own code fails there likewise. */
export const NO_EVENT = undefined as unknown as VegaEvent

/**
 * A part of an expression, ready to be evaluated. What its place in the data flow does not give is undefined.
 *
 * @param functions of the scope in which it is evaluated
 * @param params values of signals and scales: `$` or `%`, then the name
 */
export type Closure = (functions: Functions, params: Fields, datum: unknown, event: VegaEvent, item: Fields) => unknown

/** What an expression is compiled for. */
export interface Place {
  /** Of the first scope in which it is evaluated; others have the same functions, for rows of their own. */
  readonly functions: Functions
  /** Vega's own code fails where it reads a name that is not given. */
  readonly given: Readonly<Record<'datum' | 'item', boolean>>
}
