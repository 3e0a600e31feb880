/** Milliseconds before the first retry; each further one waits twice as long. */
export const FIRST_DELAY = 500
/** No retry waits longer, so a chart is back within seconds of its service. */
export const LONGEST_DELAY = 5000

/** Milliseconds to wait before retry number `attempt` (from 1). */
export const retryDelay = (attempt: number): number => Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempt - 1))
