import { instantOf, zoneNamed } from '@magpie-vega/dataflow'

/** Wall times below `below` are `offset` milliseconds ahead of UTC; those before the piece are of the piece before. */
export interface OffsetPiece {
  readonly below: number
  readonly offset: number
}

const yearOf = (wall: number): number => new Date(wall).getUTCFullYear()
const startOf = (year: number): number => new Date(0).setUTCFullYear(year, 0, 1)

/** More pieces would make long statements, and such times are hardly of anything. */
const MAX_PIECES = 1000

/**
 * The offsets of a zone over a range of wall times, in order; `below` of the last is infinite. Undefined when they are too many.
 */
export const wallOffsets = (timeZone: string, min: number, max: number): readonly OffsetPiece[] | undefined => {
  const zone = zoneNamed(timeZone)
  const { past, rules, years } = zone.wall
  const lastYear = yearOf(max) + 1
  const firstYear = Math.max(yearOf(min) - 1, yearOf(rules) - 1)
  if (years.length > 1 && lastYear - firstYear > MAX_PIECES) return undefined
  const changes = new Set([...past.map(({ below }) => below), rules])
  if (years.length > 1)
    for (let year = firstYear; year <= lastYear; year++)
      for (const { pieces } of years) for (const { below } of pieces) changes.add(startOf(year) + below)
  const within = [...changes].filter((at) => at > min && at <= max).sort((left, right) => left - right)
  const found: { below: number; offset: number }[] = []
  for (const [index, from] of [min, ...within].entries()) {
    const offset = from - instantOf(zone, from)
    const below = within[index] ?? Infinity
    const last = found.at(-1)
    if (last?.offset === offset) last.below = below
    else found.push({ below, offset })
  }
  return found.length > MAX_PIECES ? undefined : found
}
