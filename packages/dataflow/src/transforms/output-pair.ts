import { isReason, reason, type Reason } from '../reason.ts'
import { namesParameter, type Definition } from './parameter.ts'
import type { Build } from './transform.ts'

/** The two names of an `as` with two items, or the default pair. */
export const outputPair = (
  definition: Definition,
  defaults: readonly [string, string],
  build: Build,
): readonly [string, string] | Reason => {
  const as = namesParameter(definition, 'as', build)
  if (isReason(as)) return as
  if (as === undefined) return defaults
  const [first, second] = as
  return typeof first === 'string' && typeof second === 'string'
    ? [first, second]
    : reason('the output names are not two strings', 'as')
}
