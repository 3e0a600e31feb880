import type { SqlExpr } from '../sql/ast.ts'
import {
  add,
  and,
  atMost,
  call,
  cast,
  equal,
  integer,
  isNull,
  less,
  literal,
  NAN,
  not,
  subtract,
  tryCast,
  when,
} from '../sql/build.ts'
import { bind } from '../sql/bind.ts'
import { DAY } from './zone-table.ts'
import { firstOfRules, MAX_TIME, type Line, type Piece, type Zone } from './time-zone.ts'

/** The wall time at an instant: DOUBLE milliseconds to DOUBLE milliseconds, NULL to NULL, NaN to NaN. */
export const wallTimeSql = (zone: Zone, utc: SqlExpr): SqlExpr => {
  if (isUtc(zone)) return utc
  return bind(utc, (time) => add(time, offsetSql(zone.utc, time)))
}

/** The instant of a wall time, with JavaScript's choice in gaps and folds; NaN beyond the range of a Date. */
export const instantSql = (zone: Zone, wall: SqlExpr): SqlExpr => {
  if (isUtc(zone)) return timeClip(wall)
  return timeClip(bind(wall, (time) => subtract(time, offsetSql(zone.wall, time))))
}

/** JavaScript's TimeClip: integral milliseconds within a Date's range, else NaN; NULL stays NULL. */
export const timeClip = (time: SqlExpr): SqlExpr =>
  bind(time, (value) =>
    when(
      [
        [atMost(call('abs', value), literal(MAX_TIME)), add(call('trunc', value), literal(0))],
        [isNull(value), value],
      ],
      NAN,
    ),
  )

/** Local offset in milliseconds at `at`: a binary tree of comparisons. Of NULL or NaN: some number. */
export const offsetSql = (line: Line, at: SqlExpr): SqlExpr => {
  const [only] = line.years
  if (line.years.length === 1) return tree(line.past, at, literal(only?.last ?? 0))
  const recent = when([[less(at, literal(line.rules)), literal(firstOfRules(line))]], ruleSql(line, at))
  return tree(line.past, at, recent)
}

const isUtc = (zone: Zone): boolean =>
  zone.utc.past.length === 0 && zone.utc.years.length === 1 && zone.utc.years[0]?.last === 0

const tree = (sorted: readonly Piece[], at: SqlExpr, last: SqlExpr): SqlExpr => {
  const middle = sorted.length >> 1
  const piece = sorted[middle]
  if (piece === undefined) return last
  const earlier = tree(sorted.slice(0, middle), at, literal(piece.offset))
  return when([[less(at, literal(piece.below)), earlier]], tree(sorted.slice(middle + 1), at, last))
}

/** After the last change of the rules, the kind of the year (see `yearKind`) says when the offset changes. */
const ruleSql = (line: Line, at: SqlExpr): SqlExpr => {
  const near = when(
    [[atMost(call('abs', at), literal(MAX_TIME + 2 * DAY)), call('floor', at)]],
    cast(literal(null), 'double'),
  )
  const start = call('date_trunc', literal('year'), call('epoch_ms', tryCast(near, 'bigint')))
  const since = subtract(at, cast(call('epoch_ms', start), 'double'))
  const weekday = call('dayofweek', start)
  const leap = equal(call('day', call('last_day', add(start, call('to_days', integer(40))))), integer(29))
  const branches = line.years.map((year, kind) => {
    const ofKind = and(equal(weekday, integer(kind % 7)), kind < 7 ? not(leap) : leap)
    return [ofKind, tree(year.pieces, since, literal(year.last))] as const
  })
  return when(branches, literal(0))
}
