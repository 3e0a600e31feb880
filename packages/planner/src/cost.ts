import type { Draft, Limit, Limits } from './draft.ts'
import { list } from './json.ts'
import { columnsWritten } from './known-columns.ts'
import { isServerData } from './live.ts'
import type { DataId, DataSet, Step } from './model.ts'
import { namesRead } from './names-read.ts'
import { toKeepTies } from './made-order.ts'

/** Transforms that give a row for each row. */
const ROW_BY_ROW: ReadonlySet<string> = new Set([
  'bin',
  'collect',
  'dotbin',
  'extent',
  'formula',
  'identifier',
  'joinaggregate',
  'pie',
  'stack',
  'timeunit',
  'window',
])
/** Transforms that give more than they take: more rows, or shapes for numbers. */
const EXPANDS: ReadonlySet<string> = new Set(['cross', 'flatten', 'fold', 'impute', 'isocontour'])

const keepsRows = ({ type }: Step): boolean => ROW_BY_ROW.has(type) || EXPANDS.has(type)

/** Vega-Lite's filters of what can be drawn: `isValid(datum["a"]) && isFinite(+datum["a"])`. They let nearly every row pass. */
const VALID =
  /^(?:[\s()&|]*(?:isValid|isFinite|isDate)\(\+?datum(?:\[(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\]|\.\w+)\))+[\s()]*$/

const keepsMost = (step: Step): boolean =>
  keepsRows(step) || (step.type === 'filter' && VALID.test(String(step.definition['expr'])))

/**
 * What the next plan must not do, seen from this one; undefined when this one is as cheap as it gets. Rows that are drawn one by
 * one are not made wider or more by the server, those of several data sets that show the same rows travel once, and rows that the
 * browser sorts come as they were made.
 */
export const tighter = (draft: Draft): Limits | undefined => {
  const found = new Map<DataId, Limit>()
  for (const set of draft.model.data) {
    const limit = toKeepTies(draft, set) ?? cheaper(draft, set)
    if (limit !== undefined) found.set(set.id, limit)
  }
  return found.size === 0 ? undefined : new Map([...draft.limits, ...found])
}

const cheaper = (draft: Draft, set: DataSet): Limit | undefined => {
  const steps = draft.options.placement === 'capability' ? undefined : limitOf(draft, set)
  return steps === undefined ? undefined : { steps, reason: 'the server would send no less' }
}

const limitOf = (draft: Draft, set: DataSet): number | undefined => {
  const side = draft.data[set.id]
  if (side === undefined || !side.placed || side.steps === 0 || !travels(draft, set.id)) return undefined
  if (rowsThere(draft, set)) return 0
  const steps = set.steps.slice(0, side.steps)
  const from = steps.findLastIndex((step) => !keepsRows(step)) + 1
  if (from === steps.length || !drawsRows(draft, set, from)) return undefined
  return widens(draft, steps.slice(from)) ? from : undefined
}

/** Do rows of it cross? */
const travels = (draft: Draft, id: DataId): boolean => !isServerData(draft, id) || draft.crossing.has(id)

/** Are its rows, before the last transforms, those of a source, one by one? Else they are few. */
const drawsRows = (draft: Draft, set: DataSet, steps: number): boolean => {
  if (!set.steps.slice(0, steps).every((step) => keepsRows(step) || step.type === 'filter')) return false
  if (set.sources.length === 0) return set.definition['url'] !== undefined
  return set.sources.every((id) => {
    const source = id === undefined ? undefined : draft.model.data[id]
    return source !== undefined && source.id < set.id && drawsRows(draft, source, source.steps.length)
  })
}

/** Would the browser have these rows anyway, since their source or another data set of the same rows travels? */
const rowsThere = (draft: Draft, set: DataSet): boolean => {
  const [id, ...others] = set.sources
  const source = id === undefined ? undefined : draft.model.data[id]
  if (source === undefined || others.length > 0 || !drawsRows(draft, set, set.steps.length)) return false
  if (!set.steps.every((step) => keepsRows(step) || step.type === 'filter')) return false
  if (travels(draft, source.id)) return set.steps.every(keepsMost) || !readsMore(draft, set.steps)
  const same = draft.model.data.filter(
    (other) =>
      other.sources.length === 1 &&
      other.sources[0] === source.id &&
      draft.data[other.id]?.placed === true &&
      travels(draft, other.id) &&
      other.steps.every(keepsMost),
  )
  return same.length > 1 && same.includes(set)
}

const fieldsOf = (steps: readonly Step[]): 'all' | readonly string[] =>
  namesRead({ data: [{ transform: steps.map(({ definition }) => definition) }] })

/** Do transforms read a column that the browser does not read anyway? */
const readsMore = (draft: Draft, steps: readonly Step[]): boolean => {
  const names = namesRead(draft.client)
  const own = fieldsOf(steps)
  return names !== 'all' && (own === 'all' || own.some((name) => !names.includes(name)))
}

/** Do transforms add more columns, of those that the browser reads, than they spare it? */
const widens = (draft: Draft, steps: readonly Step[]): boolean => {
  if (steps.some(({ type }) => EXPANDS.has(type))) return true
  const names = namesRead(draft.client)
  const read = (name: string): boolean => names === 'all' || names.includes(name)
  const written = steps.flatMap((step) => columnsWritten(step) ?? measuresOf(step))
  const own = fieldsOf(steps)
  if (own === 'all') return names === 'all'
  const spared = own.filter((name) => !read(name) && !written.includes(name))
  return written.filter(read).length > spared.length
}

const measuresOf = ({ definition }: Step): readonly string[] =>
  list(definition['as']).filter((name): name is string => typeof name === 'string')
