import type { VegaSpec } from '../src/index.ts'

const ODD: readonly unknown[] = [
  null,
  0,
  -1,
  '',
  'x',
  true,
  [],
  {},
  [null],
  { signal: 'nope' },
  { signal: 'width +' },
  [['a']],
]

/** A copy of a spec in which a few parts are gone or of another type; the same for the same seed. */
export const mutate = (spec: VegaSpec, seed: number): VegaSpec => {
  let state = seed * 2654435761 + 1
  const random = (n: number): number => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * n)
  }
  const copy = structuredClone(spec) as Record<string, unknown>
  for (let times = 1 + random(4); times > 0; --times) {
    let at: Record<string, unknown> = copy
    for (let depth = 1 + random(6); depth > 0; --depth) {
      const inner = Object.values(at).filter((value) => typeof value === 'object' && value !== null)
      const next = inner[random(inner.length)]
      if (next === undefined) break
      at = next as Record<string, unknown>
    }
    const keys = Object.keys(at)
    const key = keys[random(keys.length)]
    if (key === undefined) continue
    if (random(2) === 0) remove(at, key)
    else at[key] = structuredClone(ODD[random(ODD.length)])
  }
  return copy
}

const remove = (from: object, key: string): void => {
  if (Array.isArray(from)) from.splice(Number(key), 1)
  else Reflect.deleteProperty(from, key)
}
