import { isObject, type Json } from '../../exact/json.ts'

/** Views that may stand for the whole that holds them. */
const INNER = ['layer', 'hconcat', 'vconcat', 'concat']

/** Every value that is a part smaller than this one, large steps first. */
function* smaller(value: unknown): Generator<unknown> {
  if (Array.isArray(value)) {
    const list = value as readonly unknown[]
    for (let size = list.length >> 1; size >= 1; size >>= 1)
      for (let from = 0; from < list.length; from += size) yield [...list.slice(0, from), ...list.slice(from + size)]
    for (const [at, item] of list.entries())
      for (const less of smaller(item)) yield [...list.slice(0, at), less, ...list.slice(at + 1)]
  } else if (isObject(value)) {
    const entries = Object.entries(value)
    for (const [key, child] of entries) {
      const rest = Object.fromEntries(entries.filter(([other]) => other !== key))
      if (INNER.includes(key) && Array.isArray(child))
        for (const view of child) if (isObject(view)) yield { ...rest, ...view }
      if (key === 'spec' && isObject(child)) {
        const { facet: _facet, repeat: _repeat, ...outer } = rest
        yield { ...outer, ...child }
      }
      yield rest
    }
    for (const [key, child] of entries) for (const less of smaller(child)) yield { ...value, [key]: less }
  }
}

/**
 * The smallest spec found, within so many tries, that is still as `wrong` as this one: parts are left out as long as that may be
 * done.
 */
export async function shrink(spec: Json, wrong: (spec: Json) => Promise<boolean>, tries: number): Promise<Json> {
  let best = spec
  let left = tries
  const tried = new Set([JSON.stringify(spec)])
  for (let better = true; better;) {
    better = false
    for (const candidate of smaller(best)) {
      const text = JSON.stringify(candidate)
      if (tried.has(text)) continue
      tried.add(text)
      if (left-- <= 0) return best
      if (!(await wrong(candidate as Json))) continue
      best = candidate as Json
      better = true
      break
    }
  }
  return best
}
