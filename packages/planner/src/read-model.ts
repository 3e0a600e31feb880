import { declare, type DeclaredSignal, type DeclaredStep } from './declare.ts'
import { expressionsOf, signalTextsOf, tablesOf } from './expressions-of.ts'
import { isObject, type JsonObject } from './json.ts'
import { readFrame } from './frames.ts'
import { identifiersOf } from './identifiers.ts'
import type { Model, Resolved, Scope, ScopeId } from './model.ts'
import { projectionsOf, withProjection } from './projections.ts'
import { readUses } from './read-uses.ts'
import { resolveNames } from './resolve-names.ts'

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
    urlReads: readsOfUrl(set.definition.url, scopes, set.scope),
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
    frames: declared.frames.map((frame) => readFrame(frame, config, scopes)),
    dataUses: uses.data,
    signalUses: uses.signals,
    words: uses.words,
    locale: isObject(config.locale),
    identifiers: identifiersOf({ data }),
  }
}

const readsOfStep = (step: DeclaredStep, scopes: readonly Scope[], scope: ScopeId): Resolved =>
  resolveNames(
    expressionsOf(step.definition),
    tablesOf(step.definition),
    scopes,
    scope,
    new Set(signalTextsOf(step.definition)),
  )

const readsOfUrl = (url: unknown, scopes: readonly Scope[], scope: ScopeId): Resolved => {
  const texts = isObject(url) && typeof url.signal === 'string' ? [url.signal] : []
  return resolveNames(texts, [], scopes, scope, new Set(texts))
}

const readsOfSignal = (signal: DeclaredSignal, scopes: readonly Scope[]): Resolved => {
  const { update, init } = signal.definition
  const texts = [update, init].filter((text) => text !== undefined && text !== null)
  const strings = texts.filter((text) => typeof text === 'string')
  const read = resolveNames(strings, [], scopes, signal.scope)
  return strings.length === texts.length ? read : { ...read, problem: 'its update is not text' }
}
