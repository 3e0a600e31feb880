import type { Callable, Closure, EventFunction, Fields, Functions } from './closure.ts'
import { permitted } from './forbidden.ts'
import { OF_ANY, OF_ONE } from './library.ts'

const OF_EVENTS: Readonly<Record<EventFunction, true>> = {
  view: true,
  item: true,
  group: true,
  xy: true,
  x: true,
  y: true,
}

const entry = <T>(table: Readonly<Record<string, T>>, name: string): T | undefined =>
  Object.hasOwn(table, name) ? table[name] : undefined

/** A function that Vega or the page has registered; nothing that every object has. */
const registered = (functions: Functions, name: string): Callable | undefined => {
  for (let at: unknown = functions; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at as object, name)) {
      const value: unknown = (at as Fields)[name]
      return typeof value === 'function' ? (value as Callable) : undefined
    }
  return undefined
}

type Evaluated = (...at: Parameters<Closure>) => unknown[]

const allOf =
  (args: readonly Closure[]): Evaluated =>
  (f, p, d, e, i) =>
    args.map((arg) => arg(f, p, d, e, i))

// calls with few arguments make no list of them
const ofRegistered = (call: Callable, args: readonly Closure[]): Closure => {
  const [a, b, c, more] = args
  if (a === undefined) return (f) => call.call(f)
  if (b === undefined) return (f, p, d, e, i) => call.call(f, a(f, p, d, e, i))
  if (c === undefined) return (f, p, d, e, i) => call.call(f, a(f, p, d, e, i), b(f, p, d, e, i))
  if (more === undefined) return (f, p, d, e, i) => call.call(f, a(f, p, d, e, i), b(f, p, d, e, i), c(f, p, d, e, i))
  const all = allOf(args)
  return (f, p, d, e, i) => call.apply(f, all(f, p, d, e, i))
}

const ofLibrary = (call: Callable, args: readonly Closure[]): Closure => {
  const [a, b, more] = args
  if (a === undefined) return () => call()
  if (b === undefined) return (f, p, d, e, i) => call(a(f, p, d, e, i))
  if (more === undefined) return (f, p, d, e, i) => call(a(f, p, d, e, i), b(f, p, d, e, i))
  const all = allOf(args)
  return (f, p, d, e, i) => call(...all(f, p, d, e, i))
}

const ofEvent = (name: EventFunction, args: readonly Closure[]): Closure => {
  const all = allOf(args)
  return (f, p, d, e, i) => e.vega[name](...all(f, p, d, e, i))
}

/** A call of one of Vega's functions with the values of its arguments. Throws for a name that is none. */
export const callClosure = (name: string, args: readonly Closure[], functions: Functions): Closure => {
  const own = registered(functions, name)
  if (own !== undefined) {
    // `pluck` reads any property of what it is given
    const called = ofRegistered(own, args)
    return (f, p, d, e, i) => permitted(called(f, p, d, e, i))
  }
  if (entry(OF_EVENTS, name) === true) return ofEvent(name as EventFunction, args)
  const [first] = args
  const one = entry(OF_ONE, name)
  if (one !== undefined && first !== undefined) return (f, p, d, e, i) => one(first(f, p, d, e, i))
  const any = entry(OF_ANY, name)
  if (any !== undefined) return ofLibrary(any, args)
  throw new Error(`Unrecognized function: ${name}`)
}
