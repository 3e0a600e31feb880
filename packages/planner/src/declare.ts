import { isObject, list, nameOf, objects, type JsonObject, type Path } from './json.ts'
import { stepsOf } from './steps-of.ts'
import type { DataId, DataSet, Frame, FrameId, Scope, ScopeId, Signal, SignalId } from './model.ts'

/** A group of marks, or the whole spec. */
export interface Group {
  readonly scope: ScopeId
  readonly definition: JsonObject
  readonly path: Path
}
export type DeclaredStep = { readonly definition: JsonObject; readonly type: string; readonly path: Path }
export type DeclaredData = Omit<DataSet, 'steps' | 'written' | 'urlReads'> & { readonly steps: readonly DeclaredStep[] }
export type DeclaredSignal = Omit<Signal, 'reads' | 'pushed'>
export type DeclaredFrame = Omit<Frame, 'reads'>

/** The names of a spec, before anything is known about their use. */
export interface Declarations {
  readonly groups: readonly Group[]
  readonly scopes: readonly Scope[]
  readonly data: readonly DeclaredData[]
  readonly signals: readonly DeclaredSignal[]
  readonly frames: readonly DeclaredFrame[]
  readonly pushed: ReadonlySet<SignalId>
}

interface OpenScope extends Scope {
  readonly data: Map<string, DataId>
  readonly signals: Map<string, SignalId>
  readonly frames: Map<string, FrameId>
}

/** Signals that every Vega view has: https://vega.github.io/vega/docs/signals/#built-in-signals */
const BUILT_IN = ['background', 'autosize', 'padding', 'width', 'height'] as const

/**
 * Finds every scope, data set and signal, in the order in which Vega defines them: a scope's signals, its data sets with the
 * signals that their transforms write, then its marks.
 */
export const declare = (spec: JsonObject): Declarations => {
  const groups: Group[] = []
  const scopes: OpenScope[] = []
  const data: DeclaredData[] = []
  const signals: DeclaredSignal[] = []
  const frames: DeclaredFrame[] = []
  const pushed = new Set<SignalId>()

  const open = (kind: Scope['kind'], path: Path, parent?: OpenScope): OpenScope => {
    const id = scopes.length as ScopeId
    const scope: OpenScope = {
      id,
      parent: parent?.id,
      kind,
      path,
      data: new Map(),
      signals: new Map(),
      frames: new Map(),
    }
    scopes.push(scope)
    return scope
  }

  const addSignal = (scope: OpenScope, signal: Omit<DeclaredSignal, 'id' | 'scope'>): SignalId => {
    const id = signals.length as SignalId
    signals.push({ ...signal, id, scope: scope.id })
    if (!scope.signals.has(signal.name)) scope.signals.set(signal.name, id)
    return id
  }

  const addRows = (scope: OpenScope, name: string, path: Path): void => {
    if (scope.data.has(name)) return
    const id = data.length as DataId
    data.push({ id, name, scope: scope.id, path, kind: 'rows', definition: {}, sources: [], steps: [] })
    scope.data.set(name, id)
  }

  const addSignals = (scope: OpenScope, definitions: unknown, path: Path): void =>
    list(definitions).forEach((definition, i) => {
      if (!isObject(definition)) return
      const name = nameOf(definition)
      if (name === undefined) return
      if (definition.push === 'outer') {
        const outer = resolveSignal(scopes, scope.id, name)
        if (outer !== undefined) pushed.add(outer)
      } else addSignal(scope, { name, path: [...path, i], kind: 'defined', definition })
    })

  const addBuiltIn = (scope: OpenScope): void => {
    const config = isObject(spec.config) ? spec.config : {}
    for (const name of BUILT_IN) {
      const value = spec[name] ?? config[name]
      const stated = isObject(value) && typeof value.signal === 'string' ? { update: value.signal } : { value }
      const own = objects(spec.signals).find((signal) => signal.name === name)
      addSignal(scope, { name, path: [name], kind: 'implicit', definition: { ...stated, ...own } })
    }
    const others = list(spec.signals).map((s) => (isObject(s) && BUILT_IN.some((name) => name === s.name) ? null : s))
    addSignals(scope, others, ['signals'])
    const known = list(config.signals).map((s) => (isObject(s) && scope.signals.has(String(s.name)) ? null : s))
    addSignals(scope, known, ['config', 'signals'])
  }

  const addFrames = (scope: OpenScope, kind: Frame['kind'], definitions: unknown): void =>
    objects(definitions).forEach((definition) => {
      const name = nameOf(definition)
      if (name === undefined) return
      const id = frames.length as FrameId
      frames.push({ id, name, scope: scope.id, kind, definition })
      if (!scope.frames.has(name)) scope.frames.set(name, id)
    })

  const addData = (scope: OpenScope, definition: JsonObject, path: Path): void => {
    const name = nameOf(definition)
    if (name === undefined) return
    const id = data.length as DataId
    const sources = originKind(definition) === 'source' ? list(definition.source) : []
    const steps = stepsOf(definition).map((step, i) => declaredStep(step, [...path, 'transform', i]))
    data.push({
      id,
      name,
      scope: scope.id,
      path,
      kind: 'defined',
      definition,
      sources: sources.map((source) =>
        typeof source === 'string' ? resolveData(scopes, scope.id, source) : undefined,
      ),
      steps,
    })
    if (!scope.data.has(name)) scope.data.set(name, id)
    steps.forEach((step, i) => {
      const output = step.definition.signal
      if (typeof output !== 'string') return
      addSignal(scope, { name: output, path: step.path, kind: 'output', definition: {}, output: { data: id, step: i } })
    })
  }

  const addGroup = (scope: OpenScope, definition: JsonObject, path: Path): void => {
    groups.push({ scope: scope.id, definition, path })
    if (path.length > 0) addSignals(scope, definition.signals, [...path, 'signals'])
    addFrames(scope, 'projection', definition.projections)
    addFrames(scope, 'scale', definition.scales)
    list(definition.data).forEach((d, i) => {
      if (isObject(d)) addData(scope, d, [...path, 'data', i])
    })
    const marks = list(definition.marks)
    marks.forEach((mark) => {
      if (isObject(mark) && nameOf(mark) !== undefined) addRows(scope, String(mark.name), path)
    })
    marks.forEach((mark, i) => {
      if (isObject(mark) && mark.type === 'group')
        addGroup(nested(scope, mark, [...path, 'marks', i]), mark, [...path, 'marks', i])
    })
  }

  const nested = (parent: OpenScope, mark: JsonObject, path: Path): OpenScope => {
    const repeated = parent.kind === 'dynamic' || (mark.from !== undefined && mark.from !== null)
    const scope = open(repeated ? 'dynamic' : 'static', path, parent)
    addSignal(scope, { name: 'parent', path, kind: 'implicit', definition: {} })
    const facet = isObject(mark.from) && isObject(mark.from.facet) ? mark.from.facet : {}
    const name = nameOf(facet)
    if (name !== undefined) addRows(scope, name, path)
    return scope
  }

  const top = open('top', [])
  addBuiltIn(top)
  addGroup(top, spec, [])
  return { groups, scopes, data, signals, frames, pushed }
}

/** Where the rows of a data set come from; Vega looks in this order. */
export const originKind = (definition: JsonObject): 'values' | 'url' | 'source' | 'none' =>
  definition.values ? 'values' : definition.url ? 'url' : definition.source ? 'source' : 'none'

const declaredStep = (step: unknown, path: Path): DeclaredStep => {
  const definition = isObject(step) ? step : {}
  return { definition, type: String(definition.type ?? '').toLowerCase(), path }
}

type Named = Pick<Scope, 'parent' | 'data' | 'signals' | 'frames'>
type Lookup = (scopes: readonly Named[], scope: ScopeId, name: string) => number | undefined

/** What a name means in a scope: its own definition, or that of the nearest scope around it. */
const resolve =
  (kind: 'data' | 'signals' | 'frames'): Lookup =>
  (scopes, scope, name) => {
    for (
      let at: Named | undefined = scopes[scope];
      at !== undefined;
      at = at.parent === undefined ? undefined : scopes[at.parent]
    ) {
      const found = at[kind].get(name)
      if (found !== undefined) return found
    }
    return undefined
  }

type Resolve<Id> = (scopes: readonly Named[], scope: ScopeId, name: string) => Id | undefined

export const resolveData = resolve('data') as Resolve<DataId>
export const resolveSignal = resolve('signals') as Resolve<SignalId>
export const resolveFrame = resolve('frames') as Resolve<FrameId>
