import type { Scalar } from '../scalar.ts'

/** What an expression without `datum` may refer to. */
export interface ConstantScope {
  readonly signals: Readonly<Record<string, Scalar>>
  readonly data: Readonly<Record<string, readonly Readonly<Record<string, Scalar>>[]>>
  readonly timeZone: string
}

/** A Vega function of known arguments. Throws where Vega's would, or where its value is not certain. */
export type ConstantFunction = (args: readonly Scalar[], scope: ConstantScope) => Scalar
