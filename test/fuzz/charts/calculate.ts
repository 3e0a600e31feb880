import { datum, plus, type Columns } from './columns.ts'
import type { Dice } from './dice.ts'
import { test } from './predicate.ts'
import type { Made, Reach } from './reach.ts'

/** A field computed from others; now and then in the place of one of them. */
export function calculate(dice: Dice, { columns, names, fresh }: Reach): Made {
  const as = dice.once(8) && columns.numbers.length > 0 ? dice.of(columns.numbers) : fresh()
  const number = (): string => (columns.numbers.length > 0 ? datum(dice.of(columns.numbers)) : '1')
  const text = (): string => (columns.texts.length > 0 ? datum(dice.of(columns.texts)) : "'a'")
  const date = (): string => (columns.dates.length > 0 ? datum(dice.of(columns.dates)) : '1e12')
  const variable = (): string => (names.variables.length > 0 ? dice.of(names.variables) : '2')
  const [expression, kind] = dice.of<() => readonly [string, keyof Columns]>([
    () => [`${number()} ${dice.of(['+', '-', '*', '/', '%'])} ${number()}`, 'numbers'],
    () => [`${number()} * ${variable()}`, 'numbers'],
    () => [`round(${number()} / 10) * 10`, 'numbers'],
    () => [`${dice.of(['log', 'sqrt', 'abs', 'floor', 'exp', 'sign'])}(${number()})`, 'numbers'],
    () => [`if(${test(dice, columns, names)}, ${number()}, ${dice.of(['0', 'null', '-1'])})`, 'numbers'],
    () => [`clamp(${number()}, 0, 50)`, 'numbers'],
    () => [`toNumber(${text()})`, 'numbers'],
    () => [`length(${text()})`, 'numbers'],
    () => [
      `${dice.of(['year', 'month', 'day', 'hours', 'quarter', 'utchours', 'time', 'dayofyear', 'week'])}(${date()})`,
      'numbers',
    ],
    () => [`(${date()} - datetime(2000, 0, 1)) / 864e5`, 'numbers'],
    () => [`${test(dice, columns, names)} ? 'yes' : 'no'`, 'texts'],
    () => [`${text()} + '-' + ${number()}`, 'texts'],
    () => [`${dice.of(['upper', 'lower', 'trim'])}(${text()})`, 'texts'],
    () => [`substring(${text()}, 0, ${dice.between(1, 3)})`, 'texts'],
    () => [`split(${text()}, ' ')[0]`, 'texts'],
    () => [`replace(${text()}, 'a', 'o')`, 'texts'],
    () => [`format(${number()}, ${dice.of(["'.2f'", "','", "'.1%'", "'d'", "'.3s'", "''"])})`, 'texts'],
    () => [`timeFormat(${date()}, ${dice.of(["'%Y-%m'", "'%b %d, %Y'", "'%H:%M'", "'%A'"])})`, 'texts'],
    () => [`toString(${number()})`, 'texts'],
    () => [`pad(${text()}, 5, '.', 'left')`, 'texts'],
    () => [`datetime(year(${date()}), month(${date()}), 1)`, 'dates'],
    () => [`toDate(${date()})`, 'dates'],
    () => [`timeOffset('month', ${date()}, 1)`, 'dates'],
    () => [`[${number()}, ${number()}]`, 'odd'],
    () => [`{a: ${number()}, b: ${text()}}`, 'odd'],
  ])()
  return { transform: { calculate: expression, as }, columns: plus(columns, { [kind]: [as] }) }
}
