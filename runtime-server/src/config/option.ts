import { MagpieError } from '@magpie-vega/protocol'

/** One option of the service: how its text is read, and what `--help` says. */
export interface Option<T> {
  /** What stands for the value in `--help`. */
  readonly metavar: string
  readonly help: string
  /** Evaluated when the option is not given. */
  readonly byDefault: () => T
  /** The default as `--help` states it. */
  readonly defaultText: string
  /** Reads a text (of a flag or variable) or a JSON value (of the file); throws `bad-request` that names `place`. */
  readonly read: (raw: unknown, place: string) => T
  /** A list may be given as several flags. */
  readonly multiple: boolean
}

const wrong = (raw: unknown, place: string, expected: string): MagpieError =>
  new MagpieError('bad-request', `${JSON.stringify(raw)} is not ${expected}`, { place, remedy: 'See --help.' })

const single = { multiple: false } as const

export const text = (byDefault: string, metavar: string, help: string): Option<string> => ({
  ...single,
  metavar,
  help,
  byDefault: () => byDefault,
  defaultText: byDefault === '' ? 'none' : byDefault,
  read: (raw, place) => {
    if (typeof raw === 'string') return raw
    throw wrong(raw, place, 'a text')
  },
})

export const integer = (
  byDefault: number | (() => number),
  defaultText: string,
  metavar: string,
  help: string,
  [least, most]: readonly [number, number] = [0, Number.MAX_SAFE_INTEGER],
): Option<number> => ({
  ...single,
  metavar,
  help,
  byDefault: typeof byDefault === 'number' ? () => byDefault : byDefault,
  defaultText,
  read: (raw, place) => {
    const value = typeof raw === 'string' && /^\d+$/.test(raw.trim()) ? Number(raw) : raw
    if (typeof value === 'number' && Number.isSafeInteger(value) && value >= least && value <= most) return value
    throw wrong(raw, place, `a whole number from ${least}${most === Number.MAX_SAFE_INTEGER ? '' : ` to ${most}`}`)
  },
})

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  m: 1e6,
  g: 1e9,
  t: 1e12,
  ki: 2 ** 10,
  mi: 2 ** 20,
  gi: 2 ** 30,
  ti: 2 ** 40,
}

/** An amount of memory or disk: bytes, or with a unit such as `512MiB` or `4GB`. */
export const bytes = (byDefault: number | (() => number), defaultText: string, help: string): Option<number> => ({
  ...single,
  metavar: 'BYTES',
  help,
  byDefault: typeof byDefault === 'number' ? () => byDefault : byDefault,
  defaultText,
  read: (raw, place) => {
    const match = /^\s*(\d+(?:\.\d+)?)\s*([kmgt]i?)?b?\s*$/i.exec(
      typeof raw === 'number' ? String(raw) : typeof raw === 'string' ? raw : '',
    )
    const value = Math.floor(Number(match?.[1] ?? Number.NaN) * (UNITS[(match?.[2] ?? '').toLowerCase()] ?? Number.NaN))
    if (Number.isSafeInteger(value)) return value
    throw wrong(raw, place, 'an amount of bytes such as 512MiB')
  },
})

export const list = (metavar: string, help: string): Option<readonly string[]> => ({
  multiple: true,
  metavar,
  help: `${help} May be given several times, or separated by commas.`,
  byDefault: () => [],
  defaultText: 'none',
  read: (raw, place) => {
    const parts: readonly unknown[] = typeof raw === 'string' ? [raw] : Array.isArray(raw) ? raw : [undefined]
    return parts.flatMap((part) => {
      if (typeof part === 'string' || typeof part === 'number')
        return String(part)
          .split(',')
          .filter((item) => item !== '')
      throw wrong(raw, place, 'a list of texts')
    })
  },
})

export const choice = <T extends string>(choices: readonly [T, ...T[]], byDefault: T, help: string): Option<T> => ({
  ...single,
  metavar: choices.join('|'),
  help,
  byDefault: () => byDefault,
  defaultText: byDefault,
  read: (raw, place) => {
    const found = choices.find((item) => item === raw)
    if (found !== undefined) return found
    throw wrong(raw, place, `one of ${choices.join(', ')}`)
  },
})
