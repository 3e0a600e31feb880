import { references, type References } from '@magpie-vega/dataflow'
import { declare, resolveData, resolveSignal, type DeclaredSignal, type DeclaredStep } from './declare.ts'
import { expressionsOf, signalTextsOf, tablesOf } from './expressions-of.ts'
import { isObject, type JsonObject } from './json.ts'
import type { DataId, Model, Resolved, Scope, ScopeId } from './model.ts'
import { projectionsOf, withProjection } from './projections.ts'
import { readUses } from './read-uses.ts'

/** Reads the names of a spec, what they stand for, and who uses them. Total: nonsense has no names. */
export const readModel = (spec: JsonObject): Model => {
  const declared = declare(spec)
  const { scopes } = declared
  const uses = readUses(declared)
  const projections = projectionsOf(spec, declared.groups)
  const resolved = (step: DeclaredStep): DeclaredStep => ({
    ...step,
    definition: withProjection(step.definition, projections),
  })
  const data = declared.data.map((set) => ({
    ...set,
    written: uses.written.has(set.id),
    steps: set.steps.map(resolved).map((step) => ({ ...step, reads: readsOfStep(step, scopes, set.scope) })),
  }))
  const signals = declared.signals.map((signal) => ({
    ...signal,
    pushed: declared.pushed.has(signal.id),
    reads: readsOfSignal(signal, scopes),
  }))
  const config = isObject(spec.config) ? spec.config : {}
  return {
    spec,
    scopes,
    data,
    signals,
    dataUses: uses.data,
    signalUses: uses.signals,
    words: uses.words,
    locale: isObject(config.locale),
    identifiers: data.reduce((n, set) => n + set.steps.filter((step) => step.type === 'identifier').length, 0),
  }
}

const readsOfStep = (step: DeclaredStep, scopes: readonly Scope[], scope: ScopeId): Resolved =>
  resolve(
    expressionsOf(step.definition),
    tablesOf(step.definition),
    scopes,
    scope,
    new Set(signalTextsOf(step.definition)),
  )

const readsOfSignal = (signal: DeclaredSignal, scopes: readonly Scope[]): Resolved => {
  const { update, init } = signal.definition
  const texts = [update, init].filter((text) => text !== undefined && text !== null)
  const strings = texts.filter((text) => typeof text === 'string')
  const read = resolve(strings, [], scopes, signal.scope)
  return strings.length === texts.length ? read : { ...read, problem: 'its update is not text' }
}

/** A signal of another name is only found by the whole text of a `{signal: …}`. */
const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

const resolve = (
  texts: readonly string[],
  tables: readonly string[],
  scopes: readonly Scope[],
  scope: ScopeId,
  whole: ReadonlySet<string> = new Set(),
): Resolved => {
  const signals: Record<string, true> = {}
  const names = new Set(tables)
  const expressions: References[] = []
  let problem: string | undefined
  for (const text of texts) {
    if (whole.has(text) && !IDENTIFIER.test(text) && resolveSignal(scopes, scope, text) !== undefined) {
      signals[text] = true
      continue
    }
    const found = references(text)
    if ('reason' in found) problem ??= found.reason
    else {
      expressions.push(found)
      found.signals.forEach((name) => (signals[name] = true))
      if (found.uses.has('parent')) signals.parent = true
      found.data.forEach((name) => names.add(name))
    }
  }
  const signalIds = Object.keys(signals).map((name) => [name, resolveSignal(scopes, scope, name)] as const)
  const dataIds = [...names].map((name): readonly [string, DataId | undefined] => [
    name,
    resolveData(scopes, scope, name),
  ])
  const resolved = { signals: new Map(signalIds), data: new Map(dataIds), expressions }
  return problem === undefined ? resolved : { ...resolved, problem }
}
