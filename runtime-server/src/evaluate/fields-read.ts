import { mayGiveRows, type References, references } from '@magpie-vega/dataflow'
import type { Scalar, TransformTask } from '@magpie-vega/protocol'
import { splitAccessPath } from 'vega-util'

/** Fields by name, or all that there are. */
export type Fields = 'all' | ReadonlySet<string>

/** The rows that a data set of the definition holds, where they came with the request. */
export type StoreRows = (name: string) => readonly Scalar[] | undefined

export const union = (one: Fields, other: Fields): Fields =>
  one === 'all' || other === 'all' ? 'all' : new Set([...one, ...other])

/** Transforms whose reading of fields shows in their definition, and what becomes of the fields of their input. */
const FIELDS_AFTER: Readonly<Record<string, 'kept' | 'dropped'>> = {
  aggregate: 'dropped',
  bin: 'kept',
  collect: 'kept',
  countpattern: 'dropped',
  dotbin: 'kept',
  extent: 'kept',
  filter: 'kept',
  flatten: 'kept',
  fold: 'kept',
  formula: 'kept',
  identifier: 'kept',
  impute: 'kept',
  joinaggregate: 'kept',
  kde: 'dropped',
  loess: 'dropped',
  lookup: 'kept',
  pie: 'kept',
  pivot: 'dropped',
  project: 'dropped',
  quantile: 'dropped',
  regression: 'dropped',
  stack: 'kept',
  timeunit: 'kept',
  window: 'kept',
}

/** Parameters in which a signal does not name a field. */
const NO_FIELDS: ReadonlySet<string> = new Set([
  ...[
    'after',
    'anchor',
    'as',
    'bandwidth',
    'base',
    'case',
    'counts',
    'cross',
    'default',
    'divide',
    'drop',
    'endAngle',
    'expr',
  ],
  ...[
    'extent',
    'frame',
    'ignorePeers',
    'interval',
    'limit',
    'maxbins',
    'method',
    'minstep',
    'nice',
    'offset',
    'op',
    'ops',
  ],
  ...[
    'order',
    'params',
    'pattern',
    'probs',
    'signal',
    'smooth',
    'span',
    'startAngle',
    'step',
    'steps',
    'stopwords',
    'timezone',
  ],
  ...['type', 'units'],
])

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** An empty path leads to the row itself. */
const firstSegment = (path: string): Fields => {
  try {
    const [name] = splitAccessPath(path)
    return name === undefined ? 'all' : new Set([name])
  } catch {
    return 'all'
  }
}

/** The fields that a tuple of a selection tests; a point selection by identity has none. */
const tupleFields = (row: unknown): Fields => {
  const fields = isObject(row) ? row['fields'] : undefined
  if (fields === undefined || fields === null) return new Set()
  if (!Array.isArray(fields)) return 'all'
  return fields
    .map((item: unknown) => (isObject(item) && typeof item['field'] === 'string' ? firstSegment(item['field']) : 'all'))
    .reduce<Fields>(union, new Set())
}

/** The fields that the tuples of a selection test; all, where these are not known. */
export const storeFields = (rows: readonly Scalar[] | undefined): Fields =>
  rows === undefined ? 'all' : rows.map(tupleFields).reduce(union, new Set())

const referenced = (found: References, storeRows: StoreRows): Fields =>
  found.datumEscapes
    ? 'all'
    : [...found.stores]
        .map((name) => storeFields(storeRows(name)))
        .reduce(union, new Set([...found.fields, ...(found.functions.has('vlSelectionIdTest') ? ['_vgsid_'] : [])]))

const inExpression = (expression: unknown, storeRows: StoreRows): Fields => {
  if (typeof expression !== 'string') return 'all'
  const found = references(expression)
  return 'reason' in found ? 'all' : referenced(found, storeRows)
}

const inParameter = (value: unknown, storeRows: StoreRows): Fields => {
  if (typeof value === 'string') return firstSegment(value)
  if (Array.isArray(value))
    return value
      .map((item) => (Array.isArray(item) ? 'all' : inParameter(item, storeRows)))
      .reduce<Fields>(union, new Set<string>())
  if (!isObject(value)) return new Set()
  return value['signal'] === undefined ? inParameters(value, storeRows) : 'all'
}

const inParameters = (parameters: Readonly<Record<string, unknown>>, storeRows: StoreRows): Fields =>
  Object.entries(parameters)
    .map(([key, item]) => {
      if (key === 'expr') return inExpression(item, storeRows)
      return NO_FIELDS.has(key) ? new Set<string>() : inParameter(item, storeRows)
    })
    .reduce(union, new Set<string>())

/**
 * The fields that a transform takes from its input, so that its rows have the fields `wanted`. Conservative: names that are no
 * field may be among them.
 */
export const fieldsRead = ({ definition }: TransformTask, wanted: Fields, storeRows: StoreRows): Fields => {
  const { type, ...parameters } = definition
  const after = Object.hasOwn(FIELDS_AFTER, type) ? FIELDS_AFTER[type] : undefined
  if (after === undefined) return 'all'
  if (mayGiveRows(definition)) return 'all'
  const { fields } = parameters as Readonly<Record<string, unknown>>
  const dropped = after === 'dropped' && (type !== 'project' || (Array.isArray(fields) && fields.length > 0))
  return union(inParameters(parameters, storeRows), dropped ? new Set<string>() : wanted)
}
