const objects: readonly object[] = [
  Object.prototype,
  ...Reflect.ownKeys(Object.prototype).flatMap((key) => {
    const value: unknown = Object.getOwnPropertyDescriptor(Object.prototype, key)?.value
    return typeof value === 'function' ? [value] : []
  }),
]
const own = objects.map((object) => new Set(Reflect.ownKeys(object)))

/**
 * Takes away what was added to `Object.prototype`, and to what it holds, since this module was loaded: true where all objects had
 * something of it. Vega keeps groups in plain objects, so that its impute takes `Object.prototype` for the group of a value `__proto__`
 * and writes the group's rows into it: every object has them from then on.
 */
export const restoreBuiltIns = (): boolean => {
  let added = false
  objects.forEach((object, index) => {
    for (const key of Reflect.ownKeys(object)) {
      if (own[index]?.has(key) === true) continue
      added ||= object === Object.prototype
      Reflect.deleteProperty(object, key)
    }
  })
  return added
}
