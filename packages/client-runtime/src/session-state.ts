import type { MagpieError } from '@magpie-vega/protocol'

/**
 * `loading`: the first values are on their way; `ready`: at rest; `updating`: newer values are on their way; `reconnecting`:
 * the service cannot answer now, the session keeps trying; `error`: it refused, the session tries again at the next change.
 */
export type SessionState =
  | { readonly phase: 'loading' | 'ready' | 'updating' }
  | { readonly phase: 'reconnecting' | 'error'; readonly error: MagpieError }

export const sameState = (a: SessionState, b: SessionState): boolean =>
  a.phase === b.phase && ('error' in a ? a.error.sentence : '') === ('error' in b ? b.error.sentence : '')
