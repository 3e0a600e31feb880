import { asMade } from './as-made.ts'
import { both, NOTHING, type Dependence } from './dependence.ts'
import type { SignalSide } from './draft.ts'
import { tablesOf } from './expressions-of.ts'
import { cellsAgain } from './facet-cells.ts'
import { canonical, isPlain, list } from './json.ts'
import { filledInOrder } from './filled-in-order.ts'
import { readByHandlers } from './handlers.ts'
import { lookedUpByPast } from './lookup-table.ts'
import { sortsUnion } from './made-order.ts'
import { objectsOnScales } from './objects-on-scales.ts'
import { followedByPast } from './order-of-rows.ts'
import type { DataId, DataSet, FrameId, Model, Resolved, SignalId, Step } from './model.ts'
import type { PlanOptions } from './plan.ts'
import { browserFunction } from './server-functions.ts'
import { signalSide } from './signal-side.ts'
import { refusedParameter } from './refused-parameters.ts'
import { browserTransform, firstPlacing, GENERATORS, rowsOnce } from './server-transforms.ts'
import { sortedInPlace } from './sorted-in-place.ts'
import { originOf, type Origin } from './sources.ts'
import { urlsOf } from './urls-of.ts'
import { isTreeStep, treeBuilder, treesToKeep } from './trees.ts'

/** How far the server could compute a data set. */
export interface DataFact {
  /** How many transforms, from the first one on; undefined: not even its rows are within reach. */
  readonly capable: number | undefined
  readonly origin: Origin['kind']
  /** Why not further. */
  readonly reason: string
  readonly dependence: Dependence
}

/** What the server could compute, whatever is worth it. */
export interface ServerFacts {
  data(id: DataId): DataFact
  signal(id: SignalId): SignalSide
  store(id: DataId): boolean
}

/** An answer that may be a refusal: a Dependence, or the reason as text. */
type Answer = Dependence | string

const AT_ONCE = 'an event handler reads it at once, and it changes'

export const serverFacts = (model: Model, options: PlanOptions, counted: boolean): ServerFacts => {
  const dataFacts = new Map<DataId, DataFact>()
  const signalSides = new Map<SignalId, { readonly side: SignalSide; readonly dependence: Dependence }>()
  const openSignals = new Set<SignalId>()
  const frames = new Map<FrameId, Answer>()
  const openFrames = new Set<FrameId>()
  /** Data sets being looked at, with the transforms found capable so far. */
  const openData = new Map<DataId, { readonly capable: number; readonly dependence: Dependence }>()
  const trees = treesToKeep(model)
  const cells = new Set(model.dataUses.filter((use) => use.cells === true).map((use) => use.data))
  const handled = readByHandlers(model)
  const filled = filledInOrder(model)

  const data = (id: DataId): DataFact => {
    const known = dataFacts.get(id)
    if (known !== undefined) return known
    const set = model.data[id]
    if (set === undefined || openData.has(id))
      return { capable: undefined, origin: 'none', reason: 'it depends on itself', dependence: NOTHING }
    const fact = readData(set)
    openData.delete(id)
    dataFacts.set(id, fact)
    return fact
  }

  const readData = (set: DataSet): DataFact => {
    const origin = originOf(set.definition, options, urlsOf(model, set))
    const no = (reason: string): DataFact => ({ capable: undefined, origin: origin.kind, reason, dependence: NOTHING })
    if (set.kind === 'rows') return no('it belongs to the scene')
    if (filled !== undefined) return no(`scale ${filled} gains what is looked up in it, in the order of drawing`)
    if (model.scopes[set.scope]?.kind === 'dynamic') return no('inside a facet')
    if (list(set.definition.on).length > 0) return no('its triggers change it in the browser')
    if (set.written) return no('expressions change it in the browser')
    if (origin.kind === 'browser') return no(origin.reason)
    if (origin.kind === 'none' && !GENERATORS.has(set.steps[0]?.type ?? '')) return no('only the page can fill it')
    const field = origin.kind === 'values' ? objectsOnScales(model, set) : undefined
    if (field !== undefined) return no(`a scale tells the objects in ${field} apart`)
    if (sortsUnion(model, set)) return no('it sorts the rows of several data sets, and ties go by which was made first')
    let dependence: Dependence = { ...NOTHING, derived: true }
    if (origin.kind === 'url') {
      const answer = available(set.urlReads)
      if (typeof answer === 'string') return no(`its URL: ${answer}`)
      dependence = both(dependence, answer)
    }
    for (const [i, source] of set.sources.entries()) {
      const answer = wholeData(source, String(list(set.definition.source)[i]))
      if (typeof answer === 'string') return no(answer)
      const sorting = source === undefined ? undefined : sortedInPlace(model, source)
      if (sorting !== undefined) return no(`${sorting} sorts the rows of their source under those that read them later`)
      dependence = both(dependence, answer)
    }
    if (handled.has(set.id) && !dependence.fixed) return no(AT_ONCE)
    const end =
      cells.has(set.id) && cellsAgain(model, set) === undefined
        ? set.steps.findLastIndex((step) => step.type === 'aggregate')
        : -1
    const placing = options.placement === 'capability' ? -1 : firstPlacing(set.steps.map((step) => step.type))
    for (const [i, step] of set.steps.entries()) {
      openData.set(set.id, { capable: i, dependence })
      const kept = isTreeStep(step.type) ? trees.get(set.id) : undefined
      const answer =
        kept ??
        (i === end
          ? 'a facet takes its groups from this aggregate'
          : i === placing
            ? 'it places rows on the screen, which the browser does as well'
            : atOnce(set, dependence, inOrder(set, i, dependence, runs(step, dependence))))
      if (typeof answer === 'string') {
        const tree = treeBuilder(set)
        const capable = asMade(set.steps, tree < 0 ? i : Math.min(i, tree))
        return { capable, origin: origin.kind, reason: answer, dependence }
      }
      dependence = both(dependence, answer)
    }
    return { capable: set.steps.length, origin: origin.kind, reason: '', dependence }
  }

  const runs = (step: Step, input: Dependence): Answer => {
    const refusal = browserTransform(step.type, step.definition)
    if (refusal !== undefined) return refusal
    const refused = refusedParameter(step.type, step.definition)
    if (refused !== undefined) return `Vega refuses ${step.type} for its ${refused}`
    if (canonical(step.definition).includes('__proto__'))
      return `${step.type} reads or writes __proto__, which is no field`
    if (!isPlain(step.definition)) return `${step.type} has parameters that are not plain JSON`
    if (step.type === 'identifier' && model.identifiers.length > 1 && !counted)
      return 'identifier transforms share one counter, and there are several'
    for (const name of tablesOf(step.definition)) {
      const id = step.reads.data.get(name)
      if (id !== undefined && store(id)) return `${step.type} reads ${name}, which the browser changes`
    }
    const answer = available(step.reads)
    if (typeof answer === 'string') return `${step.type}: ${answer}`
    if (rowsOnce(step.type, step.definition) && !(input.fixed && answer.fixed))
      return `${step.type} follows rows that change`
    return answer
  }

  const inOrder = (set: DataSet, at: number, input: Dependence, answer: Answer): Answer =>
    typeof answer === 'string' || both(input, answer).fixed
      ? answer
      : (followedByPast(model, set, at) ?? lookedUpByPast(model, set) ?? answer)

  const atOnce = (set: DataSet, input: Dependence, answer: Answer): Answer =>
    typeof answer !== 'string' && handled.has(set.id) && !both(input, answer).fixed ? AT_ONCE : answer

  const wholeData = (id: DataId | undefined, name: string): Answer => {
    const set = id === undefined ? undefined : model.data[id]
    if (set === undefined) return `there is no data set ${name}`
    const fact = data(set.id)
    return fact.capable === set.steps.length ? fact.dependence : `${name} stays in the browser`
  }

  const store = (id: DataId): boolean => {
    const set = model.data[id]
    if (set === undefined || set.kind === 'rows' || set.sources.length > 0) return false
    if (set.steps.some((step) => step.type !== 'collect' || step.reads.expressions.length > 0)) return false
    const { values, url, on } = set.definition
    const changed = set.written || list(on).length > 0
    const inline = values === undefined || values === null || (Array.isArray(values) && isPlain(values))
    return changed && inline && !url && set.definition.format === undefined && model.scopes[set.scope]?.kind === 'top'
  }

  /** Can everything that expressions refer to be had on the server? */
  const available = (reads: Resolved): Answer => {
    if (reads.problem !== undefined) return reads.problem
    let dependence = NOTHING
    for (const expression of reads.expressions) {
      for (const name of expression.functions) {
        const refusal = browserFunction(name, model.locale)
        if (refusal !== undefined) return refusal
      }
      if (expression.uses.has('event') || expression.uses.has('item'))
        return 'it reads an event or an item of the scene'
      if (expression.datumCompared) return 'it asks which of the rows in the browser a row is'
      if (expression.uses.has('now')) return 'it reads the clock'
      if (expression.dynamicData) return 'it reads a data set whose name is computed'
      if (expression.dynamicScales) return 'it reads a scale whose name is computed'
    }
    for (const [name, id] of reads.signals) {
      if (id === undefined) return `there is no signal ${name}`
      const { side, dependence: own } = signal(id)
      if (side.kind === 'browser') return `it reads the signal ${name}: ${side.reason}`
      dependence = both(dependence, own)
    }
    for (const [name, id] of reads.data) {
      const answer = id !== undefined && store(id) ? { fixed: false, known: true, derived: false } : wholeData(id, name)
      if (typeof answer === 'string') return answer
      dependence = both(dependence, answer)
    }
    for (const [name, id] of reads.frames) {
      const answer = id === undefined ? `there is no scale ${name}` : frame(id)
      if (typeof answer === 'string') return answer
      dependence = both(dependence, answer)
    }
    return dependence
  }

  /** Can a scale or projection be had on the server? */
  const frame = (id: FrameId): Answer => {
    const known = frames.get(id)
    if (known !== undefined) return known
    const found = model.frames[id]
    if (found === undefined || openFrames.has(id)) return 'a scale depends on itself'
    const { kind, name, scope, reads } = found
    openFrames.add(id)
    const answer = model.scopes[scope]?.kind === 'dynamic' ? 'it belongs to a facet' : available(reads)
    openFrames.delete(id)
    const told = typeof answer === 'string' ? `it reads the ${kind} ${name}: ${answer}` : answer
    frames.set(id, told)
    return told
  }

  const output = (id: DataId, step: number): Dependence | undefined => {
    const open = openData.get(id)
    if (open !== undefined) return open.capable > step ? open.dependence : undefined
    const fact = data(id)
    return fact.capable !== undefined && fact.capable > step ? fact.dependence : undefined
  }

  const signal = (id: SignalId): { readonly side: SignalSide; readonly dependence: Dependence } => {
    const known = signalSides.get(id)
    if (known !== undefined) return known
    const found = model.signals[id]
    // What a transform writes may be read by later transforms of its own data set: openData tells those apart.
    if (found === undefined || (openSignals.has(id) && found.output === undefined)) {
      return { side: { kind: 'browser', reason: 'it depends on itself' }, dependence: NOTHING }
    }
    openSignals.add(id)
    const answer = signalSide(found, model, { available, output })
    openSignals.delete(id)
    signalSides.set(id, answer)
    return answer
  }

  return { data, signal: (id) => signal(id).side, store }
}
