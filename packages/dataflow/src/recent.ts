/** Remembers what was made for each key; over `max` keys, the least recently used is forgotten. What throws is not kept. */
export const recent = <V>(max: number): ((key: string, make: () => V) => V) => {
  const kept = new Map<string, { readonly value: V }>()
  return (key, make) => {
    const known = kept.get(key)
    const entry = known ?? { value: make() }
    if (known !== undefined) kept.delete(key)
    kept.set(key, entry)
    const [oldest] = kept.size > max ? kept.keys() : []
    if (oldest !== undefined) kept.delete(oldest)
    return entry.value
  }
}
