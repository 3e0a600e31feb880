import { anyPlace, placesIn, type Place } from './places.ts'
import { randomFrom, type Random } from './random.ts'

type Spec = Record<string, unknown>

/** Changes one place; false when it has nothing to change there. */
type Mutation = (place: Place, spec: Spec, random: Random) => boolean

const ODD: readonly unknown[] = [
  null,
  0,
  -1,
  0.5,
  1e6,
  '',
  'nowhere',
  '__proto__',
  true,
  false,
  [],
  {},
  [null],
  [['a']],
  { signal: 'nowhere' },
  { signal: 'width +' },
  { signal: 'width' },
  { field: 'nowhere' },
  { expr: 'datum.nowhere.deeper' },
]

const TYPES = ['aggregate', 'bin', 'collect', 'filter', 'formula', 'lookup', 'stack', 'window', 'timeunit', 'nowhere']

const EXPRESSIONS = new Set(['expr', 'update', 'signal', 'test', 'init', 'filter'])

const put = ({ holder, key }: Place, value: unknown): true => {
  holder[key] = value
  return true
}

/** How an expression goes wrong: it does not parse, calls or reads what is not there, or throws. */
const spoiled = (text: string, random: Random): string | undefined =>
  random.of([
    `${text} +`,
    `nowhere(${text})`,
    `${text} + nowhere`,
    text.replaceAll('datum', 'datum.nowhere.deeper'),
    `data('nowhere') && (${text})`,
    `(${text}).x.y`,
    'null',
    '',
  ])

/** The strings that stand at the same key elsewhere: names and fields that exist, but mean something else here. */
const namesakes = (spec: Spec, { key, holder }: Place): string[] => {
  const keys = key === 'source' || key === 'data' || key === 'from' ? new Set(['name', key]) : new Set([key])
  const found = placesIn(spec).flatMap((other) => {
    const value = keys.has(other.key) ? other.holder[other.key] : undefined
    return typeof value === 'string' && value !== holder[key] ? [value] : []
  })
  return [...new Set(found)]
}

const MUTATIONS: readonly Mutation[] = [
  // missing
  ({ holder, key }) => {
    if (Array.isArray(holder)) holder.splice(Number(key), 1)
    else Reflect.deleteProperty(holder, key)
    return true
  },
  // of another type or size
  (place, _, random) => put(place, structuredClone(random.of(ODD))),
  // an unknown name
  (place) => typeof place.holder[place.key] === 'string' && put(place, 'nowhere'),
  // another name: makes cycles, doubles and reads of what comes later
  (place, spec, random) => {
    if (typeof place.holder[place.key] !== 'string') return false
    const name = random.of(namesakes(spec, place))
    return name !== undefined && put(place, name)
  },
  (place, _, random) => {
    const text = place.holder[place.key]
    return typeof text === 'string' && EXPRESSIONS.has(place.key) && put(place, spoiled(text, random))
  },
  (place, _, random) => place.key === 'type' && put(place, random.of(TYPES)),
  // twice, or in another order
  ({ holder, key }, _, random) => {
    const list = holder[key]
    if (!Array.isArray(list) || list.length === 0) return false
    if (random.below(2) === 0) list.reverse()
    else list.push(structuredClone(random.of(list as readonly unknown[])))
    return true
  },
]

/** A copy of a spec with one to three faults; the same for the same seed. */
export function mutate(spec: Readonly<Spec>, seed: number): Spec {
  const random = randomFrom(seed)
  const copy = structuredClone(spec) as Spec
  let left = 1 + random.below(3)
  for (let tries = 0; left > 0 && tries < 200; tries += 1) {
    const place = anyPlace(copy, random)
    if (place !== undefined && random.of(MUTATIONS)?.(place, copy, random) === true) left -= 1
  }
  return copy
}
