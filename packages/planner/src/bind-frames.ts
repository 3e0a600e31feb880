import type { Bindings, Task, TaskId } from '@magpie-vega/protocol'
import type { ServerValue } from './draft.ts'
import { isObject, list, type JsonObject } from './json.ts'
import { liftedDomain } from './lifted-domain.ts'
import type { DataId, Frame, Resolved } from './model.ts'
import { only } from './task-bindings.ts'

/** How tasks come to be. */
export interface TaskMaker {
  add(task: Task): TaskId
  bindings(reads: Resolved): Bindings
  value(wanted: ServerValue): TaskId
  /** The rows of a data set as expressions read it. */
  whole(data: DataId): TaskId
}

/**
 * Bindings with the scales and projections that expressions call. Their signals, and what their domains need of data sets, become
 * tasks of their own, under names that the spec does not have.
 */
export const bindFrames = (
  own: Bindings,
  frames: readonly Frame[],
  words: ReadonlySet<string>,
  make: TaskMaker,
): Bindings => {
  if (frames.length === 0) return own
  const bound = frames.map((frame) => bindFrame(frame, words, make))
  const of = (kind: Frame['kind']): readonly JsonObject[] =>
    bound.flatMap(({ definition }, i) => (frames[i]?.kind === kind ? [definition] : []))
  const [scales, projections] = [of('scale'), of('projection')]
  return {
    signals: Object.assign({}, own.signals, ...bound.map(({ signals }) => signals)) as Bindings['signals'],
    data: Object.assign({}, own.data, ...bound.map(({ data }) => data)) as Bindings['data'],
    ...(scales.length === 0 ? {} : { scales }),
    ...(projections.length === 0 ? {} : { projections }),
  }
}

interface BoundFrame extends Bindings {
  readonly definition: JsonObject
}

const bindFrame = (frame: Frame, words: ReadonlySet<string>, make: TaskMaker): BoundFrame => {
  const around = make.bindings(frame.reads)
  const signals: Record<string, TaskId> = {}
  const data: Record<string, TaskId> = {}

  const put = (into: Record<string, TaskId>, task: TaskId): string => {
    const known = Object.keys(into).find((name) => into[name] === task)
    if (known !== undefined) return known
    let name = `${frame.kind}_${frame.id}_${Object.keys(signals).length + Object.keys(data).length}`
    while (words.has(name)) name += '_'
    into[name] = task
    return name
  }
  const signal = (text: string): JsonObject => {
    const named = Object.hasOwn(around.signals, text) ? around.signals[text] : undefined
    const task = named ?? make.add({ kind: 'expression', expression: text, ...only(around, [text], []) })
    return { signal: put(signals, task) }
  }
  const replace = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(replace)
    if (!isObject(value)) return value
    if (typeof value.signal === 'string') return signal(value.signal)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replace(item)]))
  }
  /** A `{data, field, sort}` over the values that it needs. */
  const reference = (ref: JsonObject, sort: unknown, multiple: boolean): unknown => {
    const id = typeof ref.data === 'string' ? frame.reads.data.get(ref.data) : undefined
    if (id === undefined) return replace(ref)
    const scaleType = typeof frame.definition.type === 'string' ? frame.definition.type : 'linear'
    const lifted = liftedDomain(id, { field: ref.field, scaleType, sort, multiple })
    if (typeof lifted === 'string') return replace({ ...ref, data: put(data, make.whole(id)) })
    if (lifted.kind === 'extent') return { signal: put(signals, make.value(lifted)) }
    return { data: put(data, make.value(lifted)), field: ref.field }
  }
  const domain = (value: unknown): unknown => {
    if (!isObject(value) || typeof value.signal === 'string') return replace(value)
    const { fields, sort, ...rest } = value
    if (!Array.isArray(fields)) return reference(value, sort, false)
    const all = list(fields).map((field) => (typeof field === 'string' ? { data: rest.data, field } : field))
    return {
      ...(sort === undefined ? {} : { sort }),
      fields: all.map((field) => (isObject(field) ? reference(field, sort, true) : field)),
    }
  }
  const parts = Object.entries(frame.definition).map(([key, value]) => {
    const reads =
      frame.kind === 'scale' && (key === 'domain' || (key === 'range' && isObject(value) && 'data' in value))
    return [key, reads ? domain(value) : replace(value)] as const
  })
  return { definition: Object.fromEntries(parts), signals, data }
}
