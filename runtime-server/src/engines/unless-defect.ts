import { MagpieError } from '@magpie-vega/protocol'

/** A statement that the engine does not take is our defect: another one may give the same. Anything else is thrown again. */
export const unlessDefect = (cause: unknown): undefined => {
  if (!(cause instanceof MagpieError && cause.code === 'internal')) throw cause
}
