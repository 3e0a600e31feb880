import {
  compileExpression,
  compileTransform,
  isReason,
  transforms,
  type Build,
  type Column,
  type Reason,
  type Relation,
} from '@magpie-vega/dataflow'
import { ARGUMENTS, BASES, COMMON, EXAMPLES } from './examples.ts'

const column = (name: string, type: Column['type']): Column => ({
  name,
  id: `${name}_1`,
  type,
  nulls: false,
  plain: true,
  nans: false,
  ...(type === 'number' ? { whole: 100 } : {}),
  ...(type === 'string' ? { alphabet: 'ascii' } : {}),
})

const COLUMNS = [
  column('n', 'number'),
  column('m', 'number'),
  column('s', 'string'),
  column('b', 'boolean'),
  column('d', 'date'),
  column('j', 'json'),
  { ...column('_vgsid_', 'number'), id: 'vgsid_1' },
]
const MANY: Relation = { columns: COLUMNS, query: { kind: 'table', name: 't_1' }, order: 'rn_1', rows: 1e9 }
/** Another data set, of the same columns. */
const OTHER: Relation = { ...MANY, query: { kind: 'table', name: 't_2' } }
/** What is there before a transform that makes its own rows. */
const NOTHING: Relation = { ...MANY, columns: [], rows: 0 }
/** Few rows of any numbers, which are added up to the last bit. */
const FEW: Relation = { ...MANY, columns: COLUMNS.map(({ whole: _whole, ...rest }) => rest), rows: 100 }

const build = (): Build => {
  let count = 0
  return {
    signals: {},
    data: { store: [] },
    relations: { other: OTHER },
    timeZone: 'UTC',
    fresh: () => `x${String(++count)}`,
  }
}

/** What a transform may ask of its input. */
const ANSWER = {
  key: 'x',
  all: 1,
  distinct: 1,
  inherited: 0,
  ...Object.fromEntries(Array.from({ length: 20 }, (_a, index) => [`a${String(index)}`, true])),
}

const compiled = (definition: Readonly<Record<string, unknown>>, relation: Relation): Reason | undefined => {
  const { type } = definition
  let result = compileTransform(definition, type === 'sequence' ? NOTHING : relation, build())
  if ('ask' in result) result = result.answered([ANSWER])
  return isReason(result) ? result : undefined
}

/** Which values of a parameter have SQL, and why others have none. */
export interface Probe {
  readonly sql: readonly unknown[]
  readonly vega: readonly { readonly value: unknown; readonly reason: string }[]
}

/** Why Vega does a transform that has no SQL. */
export const leftTransform = (type: string): string => compiled({ type }, MANY)?.reason ?? ''

export const hasSql = (type: string): boolean => transforms.has(type)

/** Tries a parameter of a transform that has SQL. */
export const probeParameter = (type: string, name: string): Probe => {
  const values = EXAMPLES[type]?.[name] ?? COMMON[name]
  const base = BASES[type]
  if (values === undefined || base === undefined) throw new Error(`there is no example of ${name} of ${type}`)
  const tried = values.map((value) => ({ value, found: compiled({ type, ...base, [name]: value }, MANY) }))
  return {
    sql: tried.flatMap(({ value, found }) => (found === undefined ? [value] : [])),
    vega: tried.flatMap(({ value, found }) => (found === undefined ? [] : [{ value, reason: found.reason }])),
  }
}

/** Why an operation has no SQL over many and over few rows; undefined where it has. */
export const probeOp = (
  type: 'aggregate' | 'window',
  op: string,
): readonly [many: Reason | undefined, few: Reason | undefined] => {
  const definition = { type, ops: [op], fields: [op === 'count' ? null : 'n'], params: [2] }
  return [compiled(definition, MANY), compiled(definition, FEW)]
}

/** Why a function of values of the row has no SQL; undefined where it has for some arguments. */
export const probeFunction = (name: string): string | undefined => {
  const scope = { columns: COLUMNS, signals: {}, data: { store: [] }, timeZone: 'UTC' }
  const reasons: string[] = []
  for (const args of argumentLists()) {
    const result = compileExpression(`${name}(${args.join(', ')})`, scope)
    if (!isReason(result)) return undefined
    reasons.push(result.reason)
  }
  // Of arguments that Vega refuses, the reason says nothing of the function.
  return reasons.find((found) => found === `${name} has no SQL`) ?? reasons[0] ?? ''
}

/** Lists of one to three arguments, some of the row, and of the parts of a date. */
const argumentLists = (): readonly (readonly string[])[] => {
  const longer = (lists: readonly (readonly string[])[]) =>
    lists.flatMap((args) => ARGUMENTS.map((argument) => [...args, argument]))
  const one = longer([[]])
  const two = longer(one)
  return [...one, ...two, ...longer(two)].filter((args) => args.some((argument) => argument.startsWith('datum')))
}
