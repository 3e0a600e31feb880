import { datum, path, type Columns } from './columns.ts'
import type { Json } from '../../exact/json.ts'
import type { Dice } from './dice.ts'

/** Names that predicates and expressions may read. */
export interface Names {
  /** Parameters that hold a number. */
  readonly variables: readonly string[]
  readonly selections: readonly string[]
}

const dateTime = (dice: Dice): unknown =>
  dice.of([
    { year: 2005 },
    { year: 2001, month: 'jan', date: 1, hours: 12 },
    { year: 2012, month: 3, utc: true },
    { month: 'july' },
    { year: 1980, quarter: 2 },
  ])

const UNITS = ['year', 'month', 'date', 'yearmonth', 'hours', 'utcyear', 'utcmonth', 'day']

/** A condition on the fields of a row. */
export function fieldPredicate(dice: Dice, columns: Columns): Json {
  const temporal = columns.dates.length > 0 && dice.once(3)
  const textual = !temporal && columns.texts.length > 0 && dice.once(2)
  if (temporal) {
    const field = path(dice.of(columns.dates))
    const unit = dice.maybe(2, () => ({ timeUnit: dice.of(UNITS) }))
    const compare = dice.of(['lt', 'lte', 'gt', 'gte', 'equal', 'range', 'oneOf'])
    if (compare === 'range') return { field, ...unit, range: [dateTime(dice), dice.of([dateTime(dice), null])] }
    return { field, ...unit, [compare]: compare === 'oneOf' ? [dateTime(dice), dateTime(dice)] : dateTime(dice) }
  }
  if (textual) {
    const field = path(dice.of(columns.texts))
    return dice.of<() => Json>([
      () => ({ field, equal: dice.of(['a', 'USA', 'MSFT', 'sun', '', '10', "it's"]) }),
      () => ({
        field,
        oneOf: dice.some(['USA', 'Japan', 'a', 'b', 'MSFT', 'AAPL', 'sun', 'rain', 'Drama', null, ''], 6),
      }),
      () => ({ field, valid: dice.once(2) }),
      () => ({ field, gt: dice.of(['b', 'M', '']) }),
      () => ({ not: { field, oneOf: ['b', 'Europe', 'R'] } }),
    ])()
  }
  if (columns.numbers.length === 0) return { field: 'nothing', valid: false }
  const field = path(dice.of(columns.numbers))
  const value = (): unknown => dice.of<unknown>([0, 1, 5, 10, 42, 100, 1950, 1000, -1, 0.5])
  return dice.of<() => Json>([
    () => ({ field, [dice.of(['lt', 'lte', 'gt', 'gte', 'equal'])]: value() }),
    () => ({ field, range: [value(), dice.of([value(), null])] }),
    () => ({ field, oneOf: [value(), value(), value(), null] }),
    () => ({ field, valid: dice.once(4) === false }),
  ])()
}

/** An expression over a row that gives a boolean. */
export function test(dice: Dice, columns: Columns, names: Names): string {
  const number = (): string => (columns.numbers.length > 0 ? datum(dice.of(columns.numbers)) : '1')
  const text = (): string => (columns.texts.length > 0 ? datum(dice.of(columns.texts)) : "'a'")
  const date = (): string => (columns.dates.length > 0 ? datum(dice.of(columns.dates)) : '0')
  return dice.of<() => string>([
    () =>
      `${number()} ${dice.of(['>', '<', '>=', '!=', '==', '==='])} ${dice.of(['0', '10', '42', 'null', "'10'", '1e3'])}`,
    () => `${number()} > ${number()}`,
    () => `isValid(${number()}) && ${text()} != ''`,
    () => `${text()} < 'M'`,
    () => `length(${text()}) > 3`,
    () => `indexof(${text()}, 'a') >= 0`,
    () => `test(/^[A-M]/, ${text()})`,
    () => `year(${date()}) > 2001`,
    () => `month(${date()}) % 2 == 0`,
    () => `inrange(${number()}, [1, 50])`,
    () => `${date()} > datetime(2002, 5, 1)`,
    () => (names.variables.length > 0 ? `${number()} > ${dice.of(names.variables)}` : 'true'),
    () => `!isNaN(${number()})`,
    () => `${number()} % 3 != 1`,
    () => `indexof(['a', 'USA', 'MSFT', 'sun'], ${text()}) < 0`,
  ])()
}

/** Any predicate, of some depth. */
export function predicate(dice: Dice, columns: Columns, names: Names, depth = 2): unknown {
  const inner = (): unknown => predicate(dice, columns, names, depth - 1)
  return dice.of<() => unknown>([
    () => fieldPredicate(dice, columns),
    () => fieldPredicate(dice, columns),
    () => test(dice, columns, names),
    () => (names.selections.length > 0 ? selected(dice, names) : fieldPredicate(dice, columns)),
    () => (depth > 0 ? { and: [inner(), inner()] } : test(dice, columns, names)),
    () => (depth > 0 ? { or: [inner(), inner()] } : test(dice, columns, names)),
    () => (depth > 0 ? { not: inner() } : fieldPredicate(dice, columns)),
  ])()
}

export const selected = (dice: Dice, names: Names): Json => ({
  param: dice.of(names.selections),
  ...dice.maybe(3, () => ({ empty: dice.once(2) })),
})
