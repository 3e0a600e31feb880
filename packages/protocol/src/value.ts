import type { Scalar } from './scalar.ts'

/** A computed value, ready to be sent: a scalar, or the bytes of an Arrow IPC stream (see table.ts). */
export type Value =
  { readonly kind: 'scalar'; readonly value: Scalar } | { readonly kind: 'table'; readonly bytes: Uint8Array }
