import type { Random } from './random.ts'

/** A property or an element somewhere in a spec. */
export interface Place {
  readonly holder: Record<string, unknown>
  readonly key: string
}

const inner = (holder: object): Place[] =>
  Object.keys(holder).map((key) => ({ holder: holder as Record<string, unknown>, key }))

const valueAt = ({ holder, key }: Place): unknown => holder[key]

/** Every place below a value, and the value's own are left out. */
export function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  return inner(value).flatMap((place) => [place, ...placesIn(valueAt(place))])
}

/** A place in the spec; every second time one of its data sets, where most of what can go wrong between two sides stands. */
export function anyPlace(spec: Readonly<Record<string, unknown>>, random: Random): Place | undefined {
  const part = random.of([spec.data, spec.data, spec.signals, spec])
  const places = placesIn(part)
  return random.of(places.length > 0 ? places : placesIn(spec))
}
