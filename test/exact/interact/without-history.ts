import type { View } from 'vega'
import { isObject, objects, type Json } from '../json.ts'
import { isValue, valueOf } from './plain-value.ts'
import { rootMark, type SceneItem, type SceneMark } from './scene-items.ts'

/** What is used of the scope of a group at run time. */
interface Scope {
  readonly signals: Readonly<Record<string, { readonly value: unknown } | undefined>>
}

const MODIFIED = /\bmodify\(\s*["']([^"']+)["']/g

/**
 * A spec that comes to the state of a driven view at once: its signals have the values that they have in the view, the data sets
 * that events change have their rows, and nothing happens any more. Run by Vega, it is the same chart without a history.
 */
export function withoutHistory(spec: Json, view: View): Record<string, unknown> {
  const modified = new Set([...JSON.stringify(spec).replaceAll('\\"', '"').matchAll(MODIFIED)].map(([, name]) => name))
  const signalOf = (name: string): unknown => view.signal(name) as unknown
  const frame = rootMark(view).items[0]
  return {
    ...spec,
    signals: objects(spec['signals']).map((signal) => held(signal, signalOf)),
    data: objects(spec['data']).map((set) =>
      set['on'] !== undefined || modified.has(String(set['name'])) ? filled(set, view) : set,
    ),
    ...(frame === undefined ? {} : { marks: marks(spec['marks'], frame) }),
  }
}

/** A signal with the value that it has, if that can be written down. */
function held(signal: Json, signalOf: (name: string) => unknown): Json {
  const { on: _on, bind: _bind, ...rest } = signal
  if (signal['push'] !== undefined) return rest
  try {
    const value = signalOf(String(signal['name']))
    if (!isValue(value)) return rest
    return { name: signal['name'], value: valueOf(value) }
  } catch {
    return rest // the view has no such signal: the service computes it
  }
}

function filled(set: Json, view: View): Json {
  const rows = (view.data(String(set['name'])) as readonly unknown[] | undefined) ?? []
  return { name: set['name'], values: rows.map(valueOf) }
}

/** Marks of a group: groups in it that stand once hold the values of their own signals. */
function marks(definitions: unknown, group: SceneItem): readonly Json[] {
  const drawn = (group.items ?? []).filter(({ role }) => role === 'mark' || role === 'scope')
  let next = 0
  return objects(definitions).map((definition) => {
    const byName = drawn.find(({ name }) => name !== undefined && name === definition['name'])
    const mark: SceneMark | undefined = byName ?? drawn[next]
    next += 1
    const item = mark?.items[0]
    const facet = isObject(definition['from']) && 'facet' in definition['from']
    if (definition['type'] !== 'group' || facet || item === undefined) return definition
    const { context } = item as { readonly context?: Scope }
    return {
      ...definition,
      ...(definition['signals'] === undefined
        ? {}
        : {
            signals: objects(definition['signals']).map((signal) =>
              held(signal, (name) => {
                const found = context?.signals[name]
                if (found === undefined) throw new Error(`no signal ${name}`)
                return found.value
              }),
            ),
          }),
      marks: marks(definition['marks'], item),
    }
  })
}
