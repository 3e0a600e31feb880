import {
  randomLogNormal,
  randomMixture,
  randomNormal,
  randomUniform,
  sampleCurve,
  type Distribution,
} from 'vega-statistics'
import type { Column } from '../columns.ts'
import { isReason, reason, type Reason } from '../reason.ts'
import { integer, literal } from '../sql/build.ts'
import { namesParameter, numberParameter, numbersParameter, stringParameter, type Definition } from './parameter.ts'
import { putColumn } from './put-column.ts'
import type { Build, TransformDef } from './transform.ts'

/** More points than this are not written into a statement. */
const MOST = 2000

/**
 * https://vega.github.io/vega/docs/transforms/density/ The curve of a distribution that does not depend on the rows, which it
 * takes the place of, even where there are none. Its points are computed here, by Vega's own functions.
 */
export const density: TransformDef = {
  type: 'density',
  sql(definition, _input, build) {
    const curve = distributionOf(definition['distribution'], build)
    if (isReason(curve)) return curve
    const extent = numbersParameter(definition, 'extent', build)
    if (isReason(extent)) return extent
    const method = stringParameter(definition, 'method', build) ?? 'pdf'
    if (isReason(method)) return method
    if (method !== 'pdf' && method !== 'cdf') return reason('there is no such method', method)
    const as = namesParameter(definition, 'as', build)
    if (isReason(as)) return as
    const names = as ?? ['value', 'density']
    const steps = stepsOf(definition, build)
    if (isReason(steps)) return steps
    const [from, to] = extent ?? []
    if (from === undefined || to === undefined) return reason('the curve has no ends', 'extent')
    const points = sampleCurve(curve[method], [from, to], steps.least, steps.most)
    if (points.length > MOST) return reason('the points are too many for a statement', 'steps')
    const named = names.slice(0, 2).map((name) => (typeof name === 'string' ? name : undefined))
    const [x, y] = named
    if (x === undefined || y === undefined) return reason('the output names are not two strings', 'as')
    const order = build.fresh()
    const columns = [x, y].map((name): Column => ({
      name,
      id: build.fresh(),
      type: 'number',
      nulls: false,
      nans: true,
    }))
    const ids = columns.map(({ id }) => id)
    const rows = points.map((point, index) => [...point.map((value) => literal(value)), integer(index)])
    return {
      relation: {
        columns: columns.reduce<readonly Column[]>(putColumn, []),
        query: { kind: 'values', ids: [...ids, order], rows },
        order,
        rows: points.length,
      },
    }
  },
}

const stepsOf = (definition: Definition, build: Build): { readonly least: number; readonly most: number } | Reason => {
  const [steps, least, most] = ['steps', 'minsteps', 'maxsteps'].map((name) => numberParameter(definition, name, build))
  if (isReason(steps)) return steps
  if (isReason(least)) return least
  if (isReason(most)) return most
  const found = { least: steps || least || 25, most: steps || most || 200 }
  return [found.least, found.most].every((count) => count > 0 && count <= MOST)
    ? found
    : reason('the points are too many for a statement', 'steps')
}

const isDefinition = (value: unknown): value is Definition => typeof value === 'object' && value !== null

const distributionOf = (value: unknown, build: Build): Distribution | Reason => {
  if (!isDefinition(value)) return reason('there is no distribution', 'distribution')
  const name = value['function']
  if (name === 'kde') return reason('the kernels of rows are added one by one, by an exponential of JavaScript', 'kde')
  if (name === 'mixture') return mixtureOf(value, build)
  const [first, second] = name === 'uniform' ? ['min', 'max'] : ['mean', 'stdev']
  const a = numberParameter(value, first ?? '', build)
  if (isReason(a)) return a
  const b = numberParameter(value, second ?? '', build)
  if (isReason(b)) return b
  const make = typeof name === 'string' ? DISTRIBUTIONS.get(name) : undefined
  return make?.(a ?? 0, b ?? 1) ?? reason('there is no such distribution', String(name))
}

const DISTRIBUTIONS: ReadonlyMap<string, (a: number, b: number) => Distribution> = new Map([
  ['normal', randomNormal],
  ['lognormal', randomLogNormal],
  ['uniform', randomUniform],
])

const mixtureOf = (definition: Definition, build: Build): Distribution | Reason => {
  const { distributions } = definition
  if (!Array.isArray(distributions)) return reason('the mixture is not of distributions', 'distributions')
  const parts = distributions.map((part: unknown) =>
    isDefinition(part) && part['function'] === 'mixture'
      ? reason('a mixture is not of mixtures', 'distributions')
      : distributionOf(part, build),
  )
  const weights = numbersParameter(definition, 'weights', build)
  if (isReason(weights)) return weights
  return parts.find(isReason) ?? randomMixture(parts as Distribution[], weights)
}
