/** Why something is not done in a place. A value, shown by `explain`; never thrown. */
export interface Reason {
  readonly reason: string
  /** What the reason is about: a parameter, field or expression. */
  readonly about?: string
}

export const reason = (text: string, about?: string): Reason =>
  about === undefined ? { reason: text } : { reason: text, about }

export const isReason = (value: unknown): value is Reason =>
  typeof value === 'object' &&
  value !== null &&
  typeof (value as { reason?: unknown }).reason === 'string' &&
  !('sql' in value) &&
  !('query' in value)
