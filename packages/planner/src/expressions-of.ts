import { isObject, someObject, type JsonObject } from './json.ts'

/** Expressions among the parameters of a transform: `{signal}` and `{expr}` anywhere, and `expr` itself. */
export const expressionsOf = (definition: JsonObject): readonly string[] => {
  const found: string[] = []
  const visit = (value: unknown, top: boolean): void => {
    if (Array.isArray(value)) value.forEach((item) => visit(item, false))
    else if (isObject(value)) {
      for (const [key, item] of Object.entries(value)) {
        if ((key === 'signal' && !top) || key === 'expr' || (key === 'filter' && top)) {
          if (typeof item === 'string') found.push(item)
        }
        visit(item, false)
      }
    }
  }
  visit(definition, true)
  return found
}

/** Texts of `{signal: …}` among the parameters of a transform: Vega takes one that is the name of a signal for that signal. */
export const signalTextsOf = (value: unknown, top = true): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap((item) => signalTextsOf(item, false))
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          key === 'signal' && !top && typeof item === 'string' ? [item] : signalTextsOf(item, false),
        )
      : []

/** Names of the data sets that a transform reads as tables: `lookup`, and a density's `from`. */
export const tablesOf = (value: unknown): readonly string[] =>
  Array.isArray(value)
    ? value.flatMap(tablesOf)
    : isObject(value)
      ? Object.entries(value).flatMap(([key, item]) =>
          key === 'from' && typeof item === 'string' ? [item] : tablesOf(item),
        )
      : []

/** Does a definition hold `{signal: …}` anywhere? */
export const hasSignal = (value: unknown): boolean => someObject(value, (object) => typeof object.signal === 'string')
