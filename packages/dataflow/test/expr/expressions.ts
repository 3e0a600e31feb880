/// <reference path="../../../../test/coverage/vega-functions.d.ts" />
import fc from 'fast-check'
import { vegaFunctions } from '../../../../test/coverage/vega-registries.ts'
import type { World } from './oracle.ts'

/** Signals and selection stores that the generated expressions refer to. */
export const WORLD: World = {
  signals: {
    num: 2.5,
    text: 'abc',
    yes: true,
    none: null,
    range: [0, 10],
    reversed: [5, -2],
    list: [1, 2, 'a', null, true, 0.5],
    when: new Date(1577836800000),
    config: { a: { b: 3 }, label: 'x' },
  },
  data: {
    empty: [],
    interval: [{ unit: 'u1', fields: [{ field: 'n', channel: 'x', type: 'R' }], values: [[0, 2.5]] }],
    several: [
      {
        unit: 'u1',
        fields: [
          { field: 'n0', type: 'R-RE' },
          { field: 's', type: 'E' },
        ],
        values: [
          [5, -2],
          ['a', '1', ''],
        ],
      },
      { unit: 'u1', fields: [{ field: 's0', type: 'E' }], values: ['b'] },
      { unit: 'u2', fields: [{ field: 'gone', type: 'R-E' }], values: [[-1, 100]] },
      { unit: 'u2', fields: [{ field: 'b0', type: 'E' }], values: [null] },
      { unit: 'u2', fields: [{ field: 'n0', type: 'R-LE' }], values: [[null, 3]] },
    ],
    dates: [
      { unit: 'u1', fields: [{ field: 'd', type: 'R' }], values: [[new Date(0), new Date(1604206800000)]] },
      { unit: 'u2', fields: [{ field: 'd0', type: 'E' }], values: [[new Date(1577836800000), new Date(0)]] },
    ],
    predicates: [
      {
        unit: 'a',
        fields: [
          { field: 'n', type: 'E-LT' },
          { field: 'n0', type: 'E-GTE' },
        ],
        values: [3, -1],
      },
      {
        unit: 'b',
        fields: [
          { field: 's', type: 'E-VALID' },
          { field: 'n', type: 'E-ONE' },
        ],
        values: [0, [1, 2, NaN]],
      },
      {
        unit: 'b',
        fields: [
          { field: 'n0', type: 'E' },
          { field: 'd0', type: 'E-VALID' },
        ],
        values: [[NaN, null, 1], 0],
      },
      {
        unit: 'b',
        fields: [
          { field: 'i', type: 'E-LTE' },
          { field: 's0', type: 'E-GT' },
        ],
        values: [3, 'a'],
      },
    ],
    numbered: [
      { unit: 'b', fields: [{ field: 'n', type: 'E' }], values: [[7, 8, 9]] },
      { unit: '10', fields: [{ field: 'n', type: 'E' }], values: [[2, 8]] },
      { unit: '2', fields: [{ field: 'n', type: 'E' }], values: [[8, 1]] },
    ],
    points: [
      { unit: 'u1', _vgsid_: 2 },
      { unit: 'u1', _vgsid_: 5 },
      { unit: 'u2', _vgsid_: 5 },
      { unit: 'u2', _vgsid_: 9 },
    ],
  },
}

const resolved = [
  "vlSelectionResolve('several').n0[0]",
  "vlSelectionResolve('several', 'intersect').n0[1]",
  "vlSelectionResolve('interval').n[1]",
  "vlSelectionResolve('numbered').n[0]",
  "vlSelectionResolve('numbered', 'intersect', true, true).n[0]",
  "pluck(data('points'), '_vgsid_')[1]",
  "pluck([config, {a: {b: num, 'c.d': 7}}], 'a.b')[1]",
]
const stores = ['empty', 'interval', 'several', 'dates', 'predicates', 'numbered']
const constants = [
  '0',
  '1',
  '-1',
  '2',
  '0.5',
  '-0',
  '1e21',
  '3',
  '10',
  'PI',
  'num',
  'config.a.b',
  'range[1]',
  'length(list)',
  '1577836800000',
  '1e14',
  '-1e17',
]
const texts = ["''", "'a'", "'1'", "'abc'", "'0'", "' '", "'null'", 'text', 'config.label', "'😀'", "'NaN'", "'b'"]
const patterns = [
  '/a/',
  '/^a/i',
  '/[0-9]+/',
  '/^\\d/',
  '/b$/',
  '/^.*$/',
  '/[^a-c]*x/',
  '/\\w/',
  "'^a'",
  '/(?:a|1)+/',
  '/\\./',
  '/^$/',
]
const replaced = [
  '/a/',
  '/a/g',
  '/[0-9]+/g',
  '/^a/i',
  '/b$/',
  '/./g',
  '/[^a]+?x?/g',
  '/\\w\\d/g',
  '/a|ab/g',
  '/(?:ab?)+/g',
]
const formats = [
  "'%Y-%m-%d'",
  "'%d.%m.%y %H:%M:%S.%L'",
  "'%A, %-d %B'",
  "'%a %b %e'",
  "'%I:%M %p é'",
  "'%j'",
  "'%_d|%0e|%-m|%_H|%-L%%'",
  "'Q%q %u %w'",
  "'%U'",
  "'%c'",
  "'%x | %X'",
  "'%_e%_I%-y'",
]
const numberFormats = [
  '',
  ',',
  '.2f',
  ',.1f',
  '.0%',
  'd',
  ',d',
  '.3e',
  '.4g',
  '.2r',
  '~g',
  '+.1f',
  '($,.2f',
  '.12~',
  'n',
  '.1p',
]
/** Every function that Vega has; those that act on the view are never in SQL. */
const everyFunction = vegaFunctions()
const numberFunctions = ['abs', 'ceil', 'floor', 'round', 'sqrt', 'toNumber', 'log', 'parseFloat', 'parseInt']
const fields = ['year', 'month', 'date', 'day', 'hours', 'minutes', 'seconds', 'milliseconds', 'quarter']
const dateFunctions = [...fields, ...fields.map((field) => `utc${field}`), 'time', 'timezoneoffset']
const UNITS = ['year', 'quarter', 'month', 'week', 'isoweek', 'date', 'day', 'dayofyear', 'hours', 'minutes', 'seconds']
const typeTests = [
  'isValid',
  'isDefined',
  'isNaN',
  'isFinite',
  'isNumber',
  'isString',
  'isBoolean',
  'isDate',
  'isArray',
  'isObject',
]

/** Vega expressions over the nasty rows, of every type and mixed. */
export const expressions: fc.Arbitrary<string> = fc.letrec<
  Record<'any' | 'number' | 'string' | 'boolean' | 'date', string>
>((tie) => {
  const number = tie('number')
  const string = tie('string')
  const boolean = tie('boolean')
  const date = tie('date')
  const any = tie('any')
  const of = (values: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...values)
  const call = (names: readonly string[], ...args: fc.Arbitrary<string>[]): fc.Arbitrary<string> =>
    fc.tuple(of(names), ...args).map(([name, ...rest]) => `${name}(${rest.join(', ')})`)
  const infix = (ops: readonly string[], a: fc.Arbitrary<string>, b: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(a, of(ops), b).map(([left, op, right]) => `(${left} ${op} ${right})`)
  const ternary = (value: fc.Arbitrary<string>): fc.Arbitrary<string> =>
    fc.tuple(tie('boolean'), value, value).map(([test, a, b]) => `(${test} ? ${a} : ${b})`)
  /** Years, months and days that may well leave the range of a Date, and come back. */
  const far = fc
    .tuple(
      of(['', '-']),
      of(['0', '271821', '275760', '275761', '400000', '3300000', '100000000', '1e9']),
      of(['', ' + datum.i']),
    )
    .map((parts) => parts.join(''))
  /** Any function of any arguments, members of members, and lists: most of it is left to Vega. */
  const odd = fc.oneof(
    fc.tuple(of(everyFunction), fc.array(any, { maxLength: 3 })).map(([name, args]) => `${name}(${args.join(', ')})`),
    of(['datum.j.a', 'datum.j[0]', 'datum.j.a.b', 'config.a', "data('several')[0].unit", 'list[datum.i]', 'range[0]']),
    fc.tuple(number, string).map(([a, b]) => `[${a}, ${b}]`),
  )
  const options = { maxDepth: 4, depthSize: 'small' as const }
  return {
    any: fc.oneof(
      options,
      ...[number, string, boolean, date].map((arbitrary) => ({ weight: 6, arbitrary })),
      { weight: 3, arbitrary: of(['null', 'datum.absent', 'none', 'list', 'datum', 'datum.j']) },
      { weight: 1, arbitrary: odd },
    ),
    number: fc.oneof(
      options,
      of(['datum.n', 'datum.n0', 'datum.gone', 'datum.i', "datum['n']"]),
      of(constants),
      of(resolved),
      infix(['+', '-', '*', '/', '%'], number, number),
      infix(['-', '*', '/', '%', '&', '|', '^', '<<', '>>', '>>>'], any, any),
      fc.tuple(of(['-', '+', '~']), any).map(([op, value]) => `(${op}${value})`),
      call(numberFunctions, any),
      call(dateFunctions, fc.oneof(date, number)),
      call(['min', 'max'], number, number),
      call(['min', 'max'], any, any, any),
      call(['clamp'], number, number, number),
      call(['pow'], number, of(['0', '1', '2', '3'])),
      call(['length'], of(['datum.s', 'list', "data('several')", "(datum.s + 'x')"])),
      call(['indexof'], of(['datum.s', 'list', 'text', "[1, 2, 'a']"]), fc.oneof(of(texts), any)),
      call(['lastindexof'], of(['datum.w', 'datum.s', 'text']), of([...texts, "'aa'", "'ab'"])),
      call(['indexof'], of(['datum.s', 'datum.w', 'datum.u', "'abc1'"]), any),
      call(['span', 'peek'], of(['range', 'list', 'datum.j', '[datum.n, 2]'])),
      call(['sequence'], of(['datum.i', '3']), of(['5', 'num'])).map((list) => `${list}[0]`),
      call(['parseInt'], any, fc.constant('10')),
      call(['utc'], of(['2020', 'datum.i', '99', '1970']), number, of(['1', 'datum.i'])),
      call(['utc'], far, far, far, of(['0', '1e9', 'datum.n'])),
      call(['week', 'dayofyear', 'utcweek', 'utcdayofyear', 'isoweek', 'utcisoweek'], fc.oneof(date, number)),
      ternary(number),
      fc.tuple(boolean, number, number).map(([test, a, b]) => `if(${test}, ${a}, ${b})`),
    ),
    string: fc.oneof(
      options,
      of(['datum.s', 'datum.s0', 'datum.w', 'datum.w0', 'datum.u']),
      of(texts),
      infix(['+'], string, any),
      infix(['+'], any, string),
      call(['trim', 'toString', 'upper', 'lower'], any),
      call(['upper', 'lower'], string),
      call(['substring'], string, number, number),
      call(['substring'], string, number),
      call(['slice'], of(['datum.w', 'datum.u', "(datum.w + 'x')"]), number, fc.oneof(number, of(['-1', '2']))),
      call(['slice'], of(['datum.w', 'datum.u']), of(['-2', '1', 'datum.i'])),
      call(['pad', 'truncate'], string, of(['0', '3', '5', '-1', '12'])),
      call(
        ['pad'],
        string,
        of(['4', '7']),
        of(["'0'", "'ab'", "''", 'null', "'é'"]),
        of(["'left'", "'center'", "'x'"]),
      ),
      call(['truncate'], string, of(['2', '5']), of(["'left'", "'center'", "'x'"]), of(["'…'", "''", "'...'", 'null'])),
      call(['replace'], string, of(replaced), of(["'-'", "'é'", "''", "'\\\\1'"])),
      call(['timeFormat', 'utcFormat'], fc.oneof(date, date, any), of(formats)),
      call(['format'], fc.oneof(number, number, any), of(numberFormats.map((text) => `'${text}'`))),
      fc.tuple(any, of(texts), of(['0', '1', '2'])).map(([text, by, at]) => `split(${text}, ${by})[${at}]`),
      call(['replace'], any, of(texts), of(["'-'", "'é'", "''"])),
      call(['replace'], any, any, of(["'-'", "'é'", "''"])),
      ternary(string),
    ),
    boolean: fc.oneof(
      options,
      of(['datum.b', 'datum.b0', 'true', 'yes']),
      infix(['<', '<=', '>', '>=', '==', '!=', '===', '!=='], any, any),
      infix(['<', '<=', '>', '>=', '==', '!=', '===', '!=='], number, number),
      infix(['<', '<=', '==', '!=='], string, fc.oneof(string, of(texts))),
      infix(['==', '===', '!=', '!=='], any, of(['null', 'datum.absent', 'datum.gone'])),
      infix(['&&', '||'], boolean, boolean),
      infix(['&&', '||'], any, any),
      any.map((value) => `(!${value})`),
      call(typeTests, any),
      call(['toBoolean'], any),
      call(['inrange'], any, of(['range', 'reversed', '[0, 2]', '[datum.i, datum.n0]', "['a', 'b']"])),
      call(
        ['inrange'],
        number,
        of(['range', 'reversed', '[2, datum.i]']),
        of(['true', 'false']),
        of(['true', 'false']),
      ),
      call(['test'], of(patterns), fc.oneof(string, any)),
      call(
        ['vlSelectionTest'],
        of(stores.map((name) => `'${name}'`)),
        fc.constant('datum'),
        of(["'union'", "'intersect'"]),
      ),
      call(['vlSelectionTest'], of(stores.map((name) => `'${name}'`)), fc.constant('datum')),
      call(['vlSelectionIdTest'], of(["'points'", "'empty'"]), fc.constant('datum'), of(["'union'", "'intersect'"])),
      fc.tuple(of(stores), any).map(([name, test]) => `(!length(data('${name}')) || ${test})`),
    ),
    date: fc.oneof(
      options,
      of(['datum.d', 'datum.d0', 'datum.v', 'when']),
      call(['toDate'], fc.oneof(date, number)),
      call(['datetime'], of(['2020', 'datum.i', '1970', '(2000 + datum.i)']), of(['0', '2', 'datum.i', '10']), number),
      call(
        ['datetime'],
        of(['2020', '1969', '2021']),
        of(['2', '9', '10', '3']),
        of(['8', '1', 'datum.i']),
        of(['0', '1', '2', '3']),
        number,
      ),
      call(['datetime'], far, far, far),
      call(
        ['toDate', 'datetime', 'time'],
        of(["'2020-03-08'", "'2020-11-01T01:30'", "'2021-10-03T02:15:00.250'", "'1899-12-31Z'"]),
      ),
      call(['datetime'], of(["'2020-03-08'", "'2020-03-08T02:30:00'", '2020, 1, 1, 1, 2, 3, 4'])),
      fc
        .tuple(of(['timeOffset', 'utcOffset']), of(UNITS), date, of(['1', '-1', '13', '0', '-400.5', '25', '-7']))
        .map(([name, unit, value, step]) => `${name}('${unit}', ${value}, ${step})`),
      fc.tuple(of(UNITS), fc.oneof(date, number)).map(([unit, value]) => `utcOffset('${unit}', ${value})`),
      ternary(date),
    ),
  }
}).any
