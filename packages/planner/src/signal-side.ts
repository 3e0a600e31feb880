import type { Scalar } from '@magpie-vega/protocol'
import { NOTHING, type Dependence } from './dependence.ts'
import type { SignalSide } from './draft.ts'
import { isObject, isPlain, list } from './json.ts'
import type { DataId, Model, Resolved, Signal } from './model.ts'

/** What is known of the rest of the spec while a signal is looked at. */
export interface Surroundings {
  /** What the references depend on, or why the server cannot have them. */
  available(reads: Resolved): Dependence | string
  /** What the transform's output depends on, when the server runs the transform. */
  output(data: DataId, step: number): Dependence | undefined
}

export interface SignalFact {
  readonly side: SignalSide
  readonly dependence: Dependence
}

/** How the server comes by a signal: computed there, sent by the browser, or not at all. */
export const signalSide = (signal: Signal, model: Model, around: Surroundings): SignalFact => {
  const scope = model.scopes[signal.scope]?.kind ?? 'dynamic'
  if (scope === 'dynamic') return browser('it belongs to a facet')
  const nested = scope === 'static'
  if (signal.output !== undefined) {
    const { data, step } = signal.output
    const dependence = around.output(data, step)
    if (dependence !== undefined) return { side: { kind: 'output', data, step }, dependence }
    return nested ? browser('a transform in the browser writes it') : root('a transform in the browser writes it')
  }
  if (signal.kind === 'implicit' && nested) return browser('it is the group that it stands in')

  const { definition } = signal
  const { update, init, value } = definition
  const changing = whyChanging(signal, model)
  const text = update ?? init
  const computed = text !== undefined && text !== null
  if (changing === undefined && computed && (update === undefined || init === undefined) && typeof text === 'string') {
    const dependence = around.available(signal.reads)
    if (typeof dependence === 'string') return nested ? browser(dependence) : root(dependence)
    // `init` runs once in the browser; on the server it would follow its inputs.
    if (init !== undefined && !dependence.fixed) return nested ? browser('it is set once') : root('it is set once')
    if (dependence.derived || dependence.known || nested)
      return { side: { kind: 'expression', expression: text }, dependence }
    return root('it depends on roots that only a running view knows')
  }
  if (nested) {
    return changing === undefined && !computed && isPlain(value)
      ? { side: { kind: 'expression', expression: JSON.stringify(value) }, dependence: NOTHING }
      : browser(changing ?? 'it is nested, and only the browser knows it')
  }
  if (computed) return root(changing ?? 'it is set once')
  if (signal.kind === 'implicit') return implicit(signal, fits(model))
  return value === undefined || isPlain(value)
    ? root(changing ?? 'the page may set it', { value: value as Scalar })
    : root(changing ?? 'the page may set it')
}

const implicit = (signal: Signal, fit: boolean): SignalFact => {
  const sized = signal.name === 'width' || signal.name === 'height'
  const value = signal.definition.value ?? 0
  return sized && !fit && typeof value === 'number'
    ? root('the size of the view', { value })
    : root(sized ? 'the layout sets it' : 'a setting of the view')
}

const whyChanging = (signal: Signal, model: Model): string | undefined => {
  const { on, bind, react } = signal.definition
  if (list(on).length > 0) return 'events set it'
  if (bind !== undefined && bind !== null) return 'an input element sets it'
  if (react === false) return 'it does not follow its inputs'
  if (signal.pushed) return 'a nested scope sets it'
  if (signal.kind === 'implicit' && fits(model)) return 'the layout sets it'
  return undefined
}

/** Does the layout change `width` and `height`? https://vega.github.io/vega/docs/specification/#autosize */
const fits = (model: Model): boolean => {
  const config = isObject(model.spec.config) ? model.spec.config : {}
  const autosize = model.spec.autosize ?? config.autosize
  const type = isObject(autosize) ? (autosize.signal ?? autosize.type) : autosize
  return type !== undefined && type !== null && type !== 'pad' && type !== 'none'
}

const browser = (reason: string): SignalFact => ({ side: { kind: 'browser', reason }, dependence: NOTHING })

const root = (reason: string, initial?: { readonly value: Scalar }): SignalFact => ({
  side: initial === undefined ? { kind: 'root', reason } : { kind: 'root', reason, initial },
  dependence: { fixed: false, known: initial !== undefined, derived: false },
})
