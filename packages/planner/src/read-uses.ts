import { resolveData, resolveSignal, type Declarations, type Group } from './declare.ts'
import { isObject, list, nameOf, objects, type JsonObject, type Path } from './json.ts'
import type { DataId, DataUse, DomainUse, ScopeId, SignalUse, User } from './model.ts'
import { quotedIn, wordsIn, writtenIn } from './words.ts'

/** Who uses which names. Conservative: a word or a quoted name counts wherever it stands. */
export interface Uses {
  readonly data: readonly DataUse[]
  readonly signals: readonly SignalUse[]
  /** Data sets that expressions change. */
  readonly written: ReadonlySet<DataId>
  readonly words: ReadonlySet<string>
}

const VIEW: User = { kind: 'view' }
/** Keys whose value names a data set. */
const DATA_KEYS: ReadonlySet<string> = new Set(['data', 'source', 'from', 'avoidMarks'])

export const readUses = ({ groups, scopes, data, signals }: Declarations): Uses => {
  const dataUses: DataUse[] = []
  const signalUses: SignalUse[] = []
  const written = new Set<DataId>()
  const words = new Set<string>()
  const seen = new Set<string>()

  const useData = (use: DataUse): void => {
    dataUses.push(use)
  }
  const useNamed = (name: string, scope: ScopeId, user: User): void => {
    const id = resolveData(scopes, scope, name)
    if (id !== undefined) useData({ user, data: id })
  }

  const text = (value: string, scope: ScopeId, user: User, isName: boolean): void => {
    if (isName) useNamed(value, scope, user)
    words.add(value)
    for (const name of quotedIn(value)) {
      words.add(name)
      useNamed(name, scope, user)
    }
    for (const name of writtenIn(value)) {
      const id = resolveData(scopes, scope, name)
      if (id !== undefined) written.add(id)
    }
    for (const word of [value, ...wordsIn(value)]) {
      words.add(word)
      const id = resolveSignal(scopes, scope, word)
      const key = id === undefined ? '' : `${id}:${JSON.stringify(user)}`
      if (id === undefined || seen.has(key)) continue
      seen.add(key)
      signalUses.push({ user, signal: id })
    }
  }

  const walk = (value: unknown, scope: ScopeId, user: User, key = ''): void => {
    if (typeof value === 'string') text(value, scope, user, DATA_KEYS.has(key))
    else if (Array.isArray(value)) value.forEach((item) => walk(item, scope, user, key))
    else if (isObject(value)) {
      for (const [k, item] of Object.entries(value)) {
        words.add(k)
        walk(item, scope, user, k)
      }
    }
  }

  const scale = (definition: JsonObject, scope: ScopeId, path: Path): void => {
    const { domain, ...rest } = definition
    walk(rest, scope, VIEW)
    const refs = domainReferences(domain, [...path, 'domain'])
    if (refs === undefined) return walk(domain, scope, VIEW)
    const sort = isObject(domain) ? domain.sort : undefined
    walk(sort, scope, VIEW)
    const scaleType = typeof definition.type === 'string' ? definition.type : 'linear'
    for (const ref of refs) {
      const id = isObject(ref.value) ? dataNamed(ref.value.data, scope) : undefined
      if (id === undefined || !isObject(ref.value)) walk(ref.value, scope, VIEW)
      else {
        walk({ ...ref.value, data: null }, scope, VIEW)
        words.add(String(ref.value.data))
        const use: DomainUse = {
          path: ref.path,
          scale: nameOf(definition) ?? 'scale',
          scaleType,
          field: ref.value.field,
          sort,
          multiple: ref.multiple,
        }
        useData({ user: VIEW, data: id, domain: use })
      }
    }
  }
  const dataNamed = (name: unknown, scope: ScopeId): DataId | undefined =>
    typeof name === 'string' ? resolveData(scopes, scope, name) : undefined

  const group = ({ scope, definition, path }: Group): void => {
    const top = path.length === 0
    for (const [key, value] of Object.entries(definition)) {
      words.add(key)
      if (key === 'data') objects(value).forEach((set) => nameOf(set) ?? walk(set, scope, VIEW))
      else if (key === 'signals') list(value).forEach((s) => pushedSignal(s, scope))
      else if (key === 'scales')
        list(value).forEach((s, i) => (isObject(s) ? scale(s, scope, [...path, key, i]) : undefined))
      else if (key === 'marks') list(value).forEach((m) => mark(m, scope))
      else if (key === 'from' && !top) from(value, scopes[scope]?.parent ?? scope)
      else {
        walk(value, scope, VIEW, key)
        const outer = scopes[scope]?.parent
        if (outer !== undefined) walk(value, outer, VIEW, key)
      }
    }
  }
  const pushedSignal = (signal: unknown, scope: ScopeId): void => {
    if (isObject(signal) && (signal.push === 'outer' || nameOf(signal) === undefined)) walk(signal, scope, VIEW)
  }
  const mark = (definition: unknown, scope: ScopeId): void => {
    if (!isObject(definition)) return
    if (definition.type !== 'group') walk(definition, scope, VIEW)
  }
  const from = (value: unknown, scope: ScopeId): void => {
    walk(value, scope, VIEW)
    if (!isObject(value) || !isObject(value.facet)) return
    const id = dataNamed(value.data, scope)
    if (id !== undefined) useData({ user: VIEW, data: id, cells: true })
  }

  groups.forEach(group)
  for (const set of data) {
    const { values, transform: _transform, name: _name, ...rest } = set.definition
    words.add(set.name)
    walk(rest, set.scope, { kind: 'origin', data: set.id })
    if (isObject(values)) walk(values.signal, set.scope, { kind: 'origin', data: set.id }, 'signal')
    set.steps.forEach((step, i) => walk(step.definition, set.scope, { kind: 'step', data: set.id, step: i }))
  }
  for (const signal of signals) {
    words.add(signal.name)
    const { name, ...definition } = signal.definition
    words.add(String(name))
    walk(definition, signal.scope, { kind: 'signal', signal: signal.id })
  }
  return { data: dataUses, signals: signalUses, written, words }
}

/** The field references of a domain; undefined when it is of another form. */
const domainReferences = (
  domain: unknown,
  path: Path,
): readonly { readonly value: unknown; readonly path: Path; readonly multiple: boolean }[] | undefined => {
  if (!isObject(domain) || domain.signal !== undefined) return undefined
  if (Array.isArray(domain.fields)) {
    return domain.data === undefined
      ? list(domain.fields).map((value, i) => ({ value, path: [...path, 'fields', i], multiple: true }))
      : undefined
  }
  const { sort: _sort, ...value } = domain
  return typeof domain.data === 'string' ? [{ value, path, multiple: false }] : undefined
}
