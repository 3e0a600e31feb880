import type { Json } from '../../exact/json.ts'
import type { Dice } from '../charts/dice.ts'
import type { Look } from './cells.ts'

const PATTERNS = [
  '%d %b %Y',
  "'%d %b %Y'",
  '"%Y-%m-%d"',
  '%Y-%m-%d',
  '%Y/%m/%d',
  '%m/%d/%Y',
  '%d/%m/%y',
  '%b %d, %Y',
  '%A, %B %d, %Y',
  "'%Y-%m-%dT%H:%M:%S'",
  '%Y-%m-%d %H:%M',
  '%Y-%m-%dT%H:%M:%SZ',
  '%Y-%m-%dT%H:%M:%S.%L%Z',
  '%Y',
  '%Y%m%d',
  '%H:%M',
  '%H:%M:%S.%f',
  '%s',
  '%Q',
  '%Y-%j',
  '%G-W%V-%u',
  '%U %Y',
  '%q',
  '%x',
  '%I %p',
  '%%',
  '%',
  'Y',
]
const TYPES = ['number', 'number', 'boolean', 'string', 'date', 'date']
const OWN: Readonly<Record<Look, readonly string[]>> = {
  whole: ['number'],
  number: ['number'],
  date: ['date'],
  boolean: ['boolean'],
  text: ['string'],
  nothing: ['string', 'number'],
  mixed: ['string', 'number', 'date', 'boolean'],
}

function typeOf(dice: Dice, look: Look): unknown {
  if (look === 'date' && dice.once(2)) return `${dice.of(['date', 'utc'])}:${dice.of(PATTERNS)}`
  if (dice.once(3)) return dice.of(TYPES)
  if (dice.once(12)) return `${dice.of(['date', 'utc'])}:${dice.of(PATTERNS)}`
  if (dice.once(40)) return dice.of(['integer', 'unknown', 'date:', 'utc:', 'time', null, ''])
  return dice.of(OWN[look])
}

/** How a chart says that fields are parsed: `auto` once in so many, else some of them, or none. */
export function parseOf(dice: Dice, names: readonly string[], looks: readonly Look[], auto: number): Json {
  if (dice.once(auto)) return { parse: 'auto' }
  if (dice.once(5)) return {}
  if (dice.once(40)) return { parse: dice.of<unknown>([null, {}]) }
  const typed = names.flatMap((name, at) => (dice.once(4) ? [] : [[name, typeOf(dice, looks[at] ?? 'mixed')] as const]))
  const more = dice.once(15) ? [['not there', dice.of(TYPES)] as const] : []
  return { parse: Object.fromEntries([...typed, ...more]) }
}
