import type { SqlExpr } from '../sql/ast.ts'
import { less, literal, when } from '../sql/build.ts'
import type { Zone } from '../expr/time-zone.ts'
import { MINUTE } from './calendar.ts'

/** What `getTimezoneOffset`, in whole minutes, leaves out of an offset: milliseconds, with the sign of local to UTC. */
const leftOut = (offset: number): number => -offset % MINUTE

/** The first wall time from which on all offsets are whole minutes. */
const wholeFrom = ({ wall }: Zone): number =>
  wall.past.findLast(({ offset }) => leftOut(offset) !== 0)?.below ?? -Infinity

/** What is left out at a wall time. */
const oddAt = ({ wall }: Zone, at: SqlExpr): SqlExpr => {
  const odd = wall.past.slice(0, wall.past.findLastIndex(({ offset }) => leftOut(offset) !== 0) + 1)
  return when(
    odd.map(({ below, offset }) => [less(at, literal(below)), literal(leftOut(offset))]),
    literal(0),
  )
}

/**
 * 1 where d3's count of days or weeks falls one short, else 0. It is made of the time between two midnights, set right by the whole
 * minutes of their offsets: where the clock stood at odd seconds at the first, and no longer at the second, it ends just below a
 * whole number. https://d3js.org/d3-time#interval_count
 *
 * @param from the wall times of two midnights; of none of them is asked after all offsets have become whole minutes
 */
export const shortCount = (zone: Zone, from: SqlExpr, to: SqlExpr): SqlExpr | undefined => {
  const whole = wholeFrom(zone)
  if (whole === -Infinity) return undefined
  const short = when([[less(oddAt(zone, to), oddAt(zone, from)), literal(1)]], literal(0))
  return when([[less(from, literal(whole)), short]], literal(0))
}
