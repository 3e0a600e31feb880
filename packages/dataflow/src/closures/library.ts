import type { Callable } from './closure.ts'

const dateOf = (value: unknown): Date => new Date(value as number)

/** Functions of one argument: Vega does not evaluate what is written after it. */
export const OF_ONE: Readonly<Record<string, (value: unknown) => unknown>> = {
  date: (value) => dateOf(value).getDate(),
  day: (value) => dateOf(value).getDay(),
  year: (value) => dateOf(value).getFullYear(),
  month: (value) => dateOf(value).getMonth(),
  hours: (value) => dateOf(value).getHours(),
  minutes: (value) => dateOf(value).getMinutes(),
  seconds: (value) => dateOf(value).getSeconds(),
  milliseconds: (value) => dateOf(value).getMilliseconds(),
  time: (value) => dateOf(value).getTime(),
  timezoneoffset: (value) => dateOf(value).getTimezoneOffset(),
  utcdate: (value) => dateOf(value).getUTCDate(),
  utcday: (value) => dateOf(value).getUTCDay(),
  utcyear: (value) => dateOf(value).getUTCFullYear(),
  utcmonth: (value) => dateOf(value).getUTCMonth(),
  utchours: (value) => dateOf(value).getUTCHours(),
  utcminutes: (value) => dateOf(value).getUTCMinutes(),
  utcseconds: (value) => dateOf(value).getUTCSeconds(),
  utcmilliseconds: (value) => dateOf(value).getUTCMilliseconds(),
  length: (value) => (value as { readonly length: unknown }).length,
  upper: (value) => String(value).toUpperCase(),
  lower: (value) => String(value).toLowerCase(),
  trim: (value) => String(value).trim(),
}

const MATH = [
  'abs',
  'acos',
  'asin',
  'atan',
  'atan2',
  'ceil',
  'cos',
  'exp',
  'floor',
  'hypot',
  'log',
  'max',
  'min',
  'pow',
]
const MORE_MATH = ['random', 'round', 'sin', 'sqrt', 'tan']

const ofGlobal =
  (name: string): Callable =>
  (...args) =>
    (Reflect.get(globalThis, name) as Callable)(...args)

/** Functions of any number of arguments. */
export const OF_ANY: Readonly<Record<string, Callable>> = {
  ...Object.fromEntries([...MATH, ...MORE_MATH].map((name) => [name, Reflect.get(Math, name) as Callable])),
  isNaN: Number.isNaN,
  isFinite: Number.isFinite,
  now: Date.now,
  utc: Date.UTC as Callable,
  datetime: (...args) => new Date(...(args as [])),
  parseFloat: parseFloat as Callable,
  parseInt: parseInt as Callable,
  substring: (text, ...args) => String(text).substring(...(args as [number])),
  split: (text, ...args) => String(text).split(...(args as [string])),
  btoa: ofGlobal('btoa'),
  atob: ofGlobal('atob'),
  encodeURIComponent: encodeURIComponent as Callable,
  regexp: (...args) => RegExp(...(args as [string])),
  test: (expression, ...args) => RegExp(expression as string).test(...(args as [string])),
}
