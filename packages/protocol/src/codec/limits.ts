import { MagpieError } from '../errors.ts'

/** What a message may hold at most; more is refused before it is believed. */
export const LIMITS = {
  /** Nesting of a scalar; also keeps below the recursion limit of the protobuf reader (three messages per level). */
  scalarDepth: 32,
  /** Scalars in one message, nested ones included. */
  scalars: 2_000_000,
  /** Nesting of JSON inside a message. */
  jsonDepth: 200,
  tasks: 10_000,
  wanted: 10_000,
  columns: 10_000,
  bindings: 10_000,
  grants: 1_000,
} as const

/** Throws `bad-request` when `count` exceeds the named limit. */
export function withinLimit(count: number, limit: keyof typeof LIMITS, place: string): void {
  if (count <= LIMITS[limit]) return
  throw new MagpieError('bad-request', `${count} ${limit} exceed the limit of ${LIMITS[limit]}`, { place })
}
