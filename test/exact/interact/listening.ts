import { isObject } from '../json.ts'
import type { Binding } from './step.ts'

/** What a chart listens to, as Vega's own parser found it in every scope of the spec. */
export interface Listening {
  /** Types of DOM events. */
  readonly types: ReadonlySet<string>
  readonly binds: readonly Binding[]
  /** Milliseconds to rest after each event, so that no throttled or debounced stream drops or delays one. */
  readonly rest: number
  /** It listens to a timer: it changes without being touched. */
  readonly timer: boolean
}

/** Milliseconds beyond a throttle's or debounce's own. */
const MARGIN = 25

/** Reads a parsed Vega spec. */
export function listeningOf(runtime: unknown): Listening {
  const types = new Set<string>()
  const binds: Binding[] = []
  const pauses: number[] = []
  let timer = false
  const pause = (value: unknown): void => {
    if (typeof value === 'number' && value > 0) pauses.push(value + MARGIN)
  }
  const stream = (value: unknown): void => {
    if (!isObject(value)) return
    pause(value['throttle'])
    pause(value['debounce'])
    if (value['source'] === 'timer') timer = true
    else if (typeof value['type'] === 'string') types.add(value['type'])
  }
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (!isObject(value)) return
    for (const [key, child] of Object.entries(value)) {
      if (key === 'streams' && Array.isArray(child)) child.forEach(stream)
      else if (key === 'bindings' && Array.isArray(child)) {
        for (const bind of child as readonly Binding[]) {
          pause(bind.debounce)
          if (!binds.some(({ signal }) => signal === bind.signal)) binds.push(bind)
        }
      } else visit(child)
    }
  }
  visit(runtime)
  return { types, binds, rest: Math.max(0, ...pauses), timer }
}
