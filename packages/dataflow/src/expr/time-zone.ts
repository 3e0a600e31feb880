import { readZone, yearKind, yearStart, type Transition, type YearPattern, type ZoneTable } from './zone-table.ts'

/** The greatest distance of a JavaScript Date from the epoch, in milliseconds. */
export const MAX_TIME = 8.64e15

/** Offsets of one zone as half-open pieces of a time line: the offset holds below `below`, else look further. */
export interface Piece {
  readonly below: number
  readonly offset: number
}

/** A zone's offsets along one time line, instants or wall times. */
export interface Line {
  readonly past: readonly Piece[]
  /** From here on the kind of the year decides. */
  readonly rules: number
  /** By kind of year, pieces counted from the year's start, then the offset to its end. */
  readonly years: readonly { readonly pieces: readonly Piece[]; readonly last: number }[]
}

/** A zone: its offsets by instant (UTC) and by wall time. Both are milliseconds. */
export interface Zone {
  readonly name: string
  readonly utc: Line
  readonly wall: Line
}

/** JavaScript's choice: a wall time that occurs twice is the first, one that is skipped is read by the offset before. */
const wallThreshold = (at: number, before: number, after: number): number => at + Math.max(before, after)
const utcThreshold = (at: number): number => at

type Threshold = (at: number, before: number, after: number) => number

const pieces = (initial: number, transitions: readonly Transition[], threshold: Threshold): readonly Piece[] =>
  transitions.map((transition, i) => {
    const before = transitions[i - 1]?.offset ?? initial
    return { below: threshold(transition.at, before, transition.offset), offset: before }
  })

const line = (table: ZoneTable, threshold: Threshold): Line => ({
  past: pieces(table.initial, table.transitions, threshold),
  rules: table.rules,
  years: table.years.map((year: YearPattern) => ({
    pieces: pieces(year.offset, year.changes, threshold),
    last: year.changes.at(-1)?.offset ?? year.offset,
  })),
})

/** More than there are zones: only other spellings of their names can fill it. */
const KEPT = 1000
const cache = new Map<string, Zone>()

/** The zone of an IANA name, read once per process. Throws a RangeError when there is none of that name. */
export const zoneNamed = (name: string): Zone => {
  const known = cache.get(name)
  if (known !== undefined) return known
  const table = readZone(name)
  const zone = Object.freeze({ name, utc: line(table, utcThreshold), wall: line(table, wallThreshold) })
  cache.set(name, zone)
  const [oldest] = cache.size > KEPT ? cache.keys() : []
  if (oldest !== undefined) cache.delete(oldest)
  return zone
}

const offsetAlong = (line: Line, at: number): number => {
  const constant = line.years.length === 1
  if (at < line.rules || constant) return search(line.past, at)?.offset ?? firstOfRules(line)
  const year = new Date(at).getUTCFullYear()
  const pattern = line.years[yearKind(year)]
  return search(pattern?.pieces ?? [], at - yearStart(year))?.offset ?? pattern?.last ?? NaN
}

/** The offset between the last transition of the past and the first of the rules. */
export const firstOfRules = (line: Line): number => {
  const pattern = line.years[line.years.length === 1 ? 0 : yearKind(new Date(line.rules).getUTCFullYear())]
  return pattern?.pieces[0]?.offset ?? pattern?.last ?? NaN
}

const search = (sorted: readonly Piece[], at: number): Piece | undefined => {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (at < (sorted[middle]?.below ?? Infinity)) high = middle
    else low = middle + 1
  }
  return sorted[low]
}

/** Local time minus UTC, in milliseconds, at an instant. */
export const offsetAt = (zone: Zone, utc: number): number => (Number.isNaN(utc) ? NaN : offsetAlong(zone.utc, utc))

/** The wall time at an instant, as milliseconds that read in UTC give the local fields. */
export const wallTime = (zone: Zone, utc: number): number => utc + offsetAt(zone, utc)

/** The instant of a wall time, as `new Date(year, month, …)` finds it; NaN out of range. */
export const instantOf = (zone: Zone, wall: number): number => {
  if (!(Math.abs(wall) <= MAX_TIME + 2 * 86_400_000)) return NaN
  const utc = wall - offsetAlong(zone.wall, wall)
  return Math.abs(utc) <= MAX_TIME ? utc : NaN
}
