import { list, type JsonObject } from './json.ts'
import type { Model } from './model.ts'

/** The transforms of a data set. Vega passes over what is falsy in their place. */
export const stepsOf = ({ transform }: JsonObject): readonly unknown[] => (transform ? list(transform) : [])

/** The name of a data set whose transforms are no list. Vega refuses such a spec, also where one transform stands alone. */
export const unlistedSteps = ({ data }: Model): string | undefined =>
  data.find(({ definition: { transform } }) => Boolean(transform) && !Array.isArray(transform))?.name
