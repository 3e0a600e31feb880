import type { Draft, Fed, Lifted, Pass, ServerValue } from '../draft.ts'
import { cellsAgain } from '../facet-cells.ts'
import { freshNames } from '../fresh-names.ts'
import { isObject, list, pointer, type JsonObject, type Path } from '../json.ts'
import type { DataSet, Signal } from '../model.ts'
import { onlyServerReads } from '../only-server-reads.ts'
import { stepsOf } from '../steps-of.ts'

/** What becomes of one definition of the original spec: the definitions that take its place in the client spec. */
type Replacements = ReadonlyMap<string, readonly JsonObject[]>

/** A definition that the client spec gains. */
interface Gains {
  readonly data: readonly JsonObject[]
  readonly signals: readonly JsonObject[]
  /** By the pointer of the group that gains them. */
  readonly nested: ReadonlyMap<string, readonly JsonObject[]>
}

/**
 * Writes the client spec. What the server fills is a top-level name; a pipeline that the server starts goes on from one, and a
 * nested definition reads one, so that marks, scales and expressions stay as they are.
 */
export const split: Pass = (draft) => {
  const fresh = freshNames(draft.model.words)
  const fed: Fed[] = []
  const data: JsonObject[] = []
  const signals: JsonObject[] = []
  const nested = new Map<string, JsonObject[]>()
  const replaced = new Map<string, readonly JsonObject[]>()

  const feedData = (name: string, value: ServerValue, columns: Fed['columns'] = 'all'): void => {
    fed.push({ kind: 'data', name, value, columns })
  }
  const gainData = (wish: string, value: ServerValue, columns?: Fed['columns']): string => {
    const name = fresh(wish)
    data.push({ name })
    feedData(name, value, columns)
    return name
  }
  const gainSignal = (name: string, value: ServerValue): string => {
    signals.push({ name, value: null })
    fed.push({ kind: 'signal', name, value, columns: 'all' })
    return name
  }

  const cells = new Set(draft.model.dataUses.filter((use) => use.cells === true).map((use) => use.data))
  for (const set of draft.model.data) {
    const side = draft.data[set.id]
    const at = pointer(set.path)
    if (side?.placed !== true) {
      if (!onlyServerReads(draft, set)) continue
      const { url: _url, format: _format, ...kept } = set.definition
      const rows: ServerValue = { kind: 'rows', data: set.id, steps: 0 }
      if (isTop(draft, set)) feedData(set.name, rows)
      replaced.set(at, [isTop(draft, set) ? kept : { ...kept, source: gainData(`${set.name}_server`, rows) }])
      continue
    }
    const value: ServerValue = { kind: 'rows', data: set.id, steps: side.steps }
    if (!side.full) replaced.set(at, [rest(set, gainData(`${set.name}_server`, value), side.steps)])
    else if (!draft.crossing.has(set.id)) replaced.set(at, [])
    else if (cells.has(set.id)) {
      const transform = cellsAgain(draft.model, set) ?? []
      replaced.set(at, [{ name: set.name, source: gainData(`${set.name}_server`, value), transform }])
    } else if (isTop(draft, set)) {
      replaced.set(at, [{ name: set.name }])
      feedData(set.name, value)
    } else replaced.set(at, [{ name: set.name, source: gainData(`${set.name}_server`, value) }])
  }

  for (const id of draft.fedSignals) {
    const signal = draft.model.signals[id]
    if (signal === undefined) continue
    const value: ServerValue = { kind: 'signal', signal: id }
    const top = isTop(draft, signal)
    if (top && signal.kind === 'defined') replaced.set(pointer(signal.path), [])
    if (top) gainSignal(signal.name, value)
    else {
      const reader = { name: signal.name, update: gainSignal(fresh(`${signal.name}_server`), value) }
      if (signal.kind === 'defined') replaced.set(pointer(signal.path), [reader])
      else {
        const group = pointer(draft.model.scopes[signal.scope]?.path ?? [])
        nested.set(group, [...(nested.get(group) ?? []), reader])
      }
    }
  }

  for (const id of draft.retold) {
    const output = draft.model.signals[id]?.output
    const set = output === undefined ? undefined : draft.model.data[output.data]
    const step = output === undefined ? undefined : set?.steps[output.step]
    if (set === undefined || step === undefined) continue
    const at = pointer(set.path)
    const bins = { name: fresh(`${set.name}_bins`), transform: [step.definition] }
    replaced.set(at, [...(replaced.get(at) ?? [set.definition]), bins])
  }

  const domains = new Map<string, JsonObject>()
  const shared = new Map<string, string>()
  for (const lift of draft.lifted) {
    const key = JSON.stringify(lift.value)
    const name = shared.get(key) ?? gainLifted(lift, fresh, gainData, gainSignal)
    shared.set(key, name)
    const { value } = lift
    if (value.kind === 'extent' || value.kind === 'list') domains.set(pointer(lift.path), { signal: name })
    else if ('field' in value) domains.set(pointer(lift.path), { data: name, field: value.field })
  }

  const client = rewrite(draft.model.spec, [], replaced, domains, { data, signals, nested })
  return { ...draft, client, fed }
}

const isTop = (draft: Draft, { scope }: DataSet | Signal): boolean => draft.model.scopes[scope]?.kind === 'top'

/** The part of a data set that stays in the browser. */
const rest = (set: DataSet, source: string, steps: number): JsonObject => {
  const transform = stepsOf(set.definition).slice(steps)
  return { name: set.name, source, transform }
}

const gainLifted = (
  lift: Lifted,
  fresh: (wish: string) => string,
  gainData: (wish: string, value: ServerValue, columns: Fed['columns']) => string,
  gainSignal: (name: string, value: ServerValue) => string,
): string => {
  const { value } = lift
  const wish = `${lift.scale}_domain`
  return 'column' in value ? gainData(wish, value, [value.column]) : gainSignal(fresh(wish), value)
}

/** A group, or the whole spec, with the definitions that changed. Untouched parts are the very objects of the original. */
const rewrite = (
  group: JsonObject,
  path: Path,
  replaced: Replacements,
  domains: ReadonlyMap<string, JsonObject>,
  gains: Gains,
): JsonObject => {
  const top = path.length === 0
  const replace = (key: string, before: readonly JsonObject[], after: readonly JsonObject[]): JsonObject => {
    const old = list(group[key])
    const kept = old.flatMap((item, i): readonly unknown[] => replaced.get(pointer([...path, key, i])) ?? [item])
    const changed =
      before.length + after.length > 0 || kept.length !== old.length || kept.some((item, i) => item !== old[i])
    return changed ? { [key]: [...before, ...kept, ...after] } : {}
  }
  const each = (key: string, change: (item: JsonObject, at: Path) => JsonObject): JsonObject => {
    const old = list(group[key])
    const items = old.map((item, i) => (isObject(item) ? change(item, [...path, key, i]) : item))
    return items.some((item, i) => item !== old[i]) ? { [key]: items } : {}
  }
  const changes = {
    ...replace('data', top ? gains.data : [], []),
    ...replace('signals', [], top ? gains.signals : (gains.nested.get(pointer(path)) ?? [])),
    ...each('scales', (scale, at) => rewriteScale(scale, at, domains)),
    ...each('marks', (mark, at) => (mark.type === 'group' ? rewrite(mark, at, replaced, domains, gains) : mark)),
  }
  return Object.keys(changes).length === 0 ? group : { ...group, ...changes }
}

const rewriteScale = (scale: JsonObject, path: Path, domains: ReadonlyMap<string, JsonObject>): JsonObject => {
  const whole = domains.get(pointer([...path, 'domain']))
  if (whole !== undefined) return { ...scale, domain: whole }
  if (!isObject(scale.domain) || !Array.isArray(scale.domain.fields)) return scale
  const fields: readonly unknown[] = scale.domain.fields
  const changed = fields.map((field, i) => domains.get(pointer([...path, 'domain', 'fields', i])) ?? field)
  return changed.some((field, i) => field !== fields[i])
    ? { ...scale, domain: { ...scale.domain, fields: changed } }
    : scale
}
