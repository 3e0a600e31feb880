import { references, type References } from '@magpie-vega/dataflow'
import { resolveData, resolveFrame, resolveSignal } from './declare.ts'
import type { DataId, FrameId, Resolved, Scope, ScopeId } from './model.ts'

/** A signal of another name is only found by the whole text of a `{signal: …}`. */
const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u

/**
 * What expressions and names of data sets refer to in a scope.
 *
 * @param whole those of the texts that Vega takes for a signal where they are its name
 */
export const resolveNames = (
  texts: readonly string[],
  tables: readonly string[],
  scopes: readonly Scope[],
  scope: ScopeId,
  whole: ReadonlySet<string> = new Set(),
): Resolved => {
  const signals: Record<string, true> = {}
  const names = new Set(tables)
  const frames = new Set<string>()
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
      found.scales.forEach((name) => frames.add(name))
    }
  }
  const signalIds = Object.keys(signals).map((name) => [name, resolveSignal(scopes, scope, name)] as const)
  const dataIds = [...names].map((name): readonly [string, DataId | undefined] => [
    name,
    resolveData(scopes, scope, name),
  ])
  const frameIds = [...frames].map((name): readonly [string, FrameId | undefined] => [
    name,
    resolveFrame(scopes, scope, name),
  ])
  const resolved = { signals: new Map(signalIds), data: new Map(dataIds), frames: new Map(frameIds), expressions }
  return problem === undefined ? resolved : { ...resolved, problem }
}
