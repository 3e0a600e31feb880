import type { ToClient } from '@magpie-vega/planner'
import { MagpieError } from '@magpie-vega/protocol'
import type { Scalar, Value } from '@magpie-vega/protocol'
import { tuplesFrom } from './tuples.ts'
import type { Tuple } from './tuples.ts'

/** A value for the client spec or View; the name is a top-level one. The tuples are fresh: the receiver owns them. */
export type Update =
  | { readonly kind: 'signal'; readonly name: string; readonly value: Scalar }
  | { readonly kind: 'data'; readonly name: string; readonly tuples: Tuple[] }

const mismatch = (name: string): MagpieError =>
  new MagpieError('internal', 'The service answered with another kind of value than was asked for', {
    place: name,
    remedy: 'Reload the page; if it stays, page and service do not fit together.',
  })

const isRow = (value: Scalar): value is Tuple => typeof value === 'object' && value !== null && !Array.isArray(value)

/** What one answered value means for the View, or why it has none. */
export const updateFrom = ({ kind, name }: ToClient, answer: Value | MagpieError | undefined): Update | MagpieError => {
  if (answer instanceof MagpieError) return answer
  if (answer === undefined) return mismatch(name)
  if (kind === 'signal') return answer.kind === 'scalar' ? { kind, name, value: answer.value } : mismatch(name)
  if (answer.kind === 'scalar') {
    const rows: unknown = answer.value
    return Array.isArray(rows) && rows.every(isRow)
      ? { kind, name, tuples: rows.map((row) => ({ ...row })) }
      : mismatch(name)
  }
  try {
    return { kind, name, tuples: tuplesFrom(answer.bytes) }
  } catch (error) {
    if (error instanceof MagpieError) return error
    throw error
  }
}
