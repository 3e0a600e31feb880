const GLOBALS: readonly string[] = ['Function', 'eval', 'setTimeout', 'setInterval', 'setImmediate']

/** What makes a program of a text: functions of the globals, and the makers of generators and of asynchronous functions. */
const FORBIDDEN: ReadonlySet<unknown> = new Set([
  ...GLOBALS.map((name) => Reflect.get(globalThis, name) as unknown),
  ...[async () => undefined, function* () {}, async function* () {}].map(({ constructor }) => constructor),
])

/** Is this a function that would make a program of a text? An expression never gets to hold one. */
export const isForbidden = (value: unknown): boolean => typeof value === 'function' && FORBIDDEN.has(value)

/** A value that an expression may read; undefined in place of a forbidden one. */
export const permitted = (value: unknown): unknown => (isForbidden(value) ? undefined : value)
