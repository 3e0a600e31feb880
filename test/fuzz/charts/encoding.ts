import { path, type Columns } from './columns.ts'
import type { Json } from '../../exact/json.ts'
import type { Dice } from './dice.ts'
import { predicate, selected, test, type Names } from './predicate.ts'
import { timeUnit } from './time-unit.ts'
import { OPS } from './aggregates.ts'

type Type = 'quantitative' | 'temporal' | 'nominal' | 'ordinal'

const FORMATS: Readonly<Record<'number' | 'date', readonly string[]>> = {
  number: ['.2f', ',', '%', '~s', 'd', '$,.0f'],
  date: ['%Y', '%b %d', '%H:%M', '%x', '%A'],
}

function scale(dice: Dice, type: Type, position: boolean): Json {
  if (type === 'quantitative')
    return dice.of<() => Json>([
      () => ({ zero: dice.once(2) }),
      () => ({ type: dice.of(['log', 'sqrt', 'symlog', 'pow']), ...dice.maybe(4, () => ({ base: 2 })) }),
      () => ({
        domain: dice.of([
          [0, 100],
          [10, 1],
          [-5, 2000],
        ]),
        ...dice.maybe(2, () => ({ clamp: true })),
      }),
      () => ({ domainMin: dice.of([0, -10]) }),
      () => ({ domainMax: 50 }),
      () => ({ nice: dice.of<unknown>([false, true, 5]) }),
      () => ({ reverse: true }),
      () => ({ padding: 10 }),
      () => (position ? { domain: { unionWith: [0, 10] } } : { scheme: dice.of(['viridis', 'blues']) }),
      () =>
        position
          ? { zero: false }
          : { type: dice.of(['quantize', 'quantile', 'threshold']), ...dice.maybe(2, () => ({ domain: [0, 10, 50] })) },
    ])()
  if (type === 'temporal')
    return dice.of<Json>([
      { nice: 'month' },
      { type: 'utc' },
      { nice: false },
      { reverse: true },
      { domain: [{ year: 2000 }, { year: 2012 }] },
      { nice: { interval: 'month', step: 3 } },
    ])
  return dice.of<Json>([
    { reverse: true },
    { domain: ['a', 'USA', 'b', 'MSFT'] },
    ...(position
      ? [{ padding: 0.2 }, { type: 'point' }]
      : [{ scheme: 'tableau20' }, { range: ['red', 'green', 'blue'] }]),
  ])
}

function guide(dice: Dice, type: Type, channel: string): Json {
  const position = channel === 'x' || channel === 'y'
  const format = type === 'temporal' ? dice.of(FORMATS.date) : dice.of(FORMATS.number)
  const own = dice.of<unknown>([
    null,
    { title: 'A title' },
    type === 'quantitative' || type === 'temporal'
      ? { format }
      : { orient: position ? (channel === 'x' ? 'top' : 'right') : 'bottom' },
    { labelExpr: "'<' + datum.label + '>'" },
    type === 'quantitative' ? { tickCount: 4, values: [0, 5, 10, 100] } : { labelAngle: 0 },
    position ? { grid: false, domain: false } : { orient: 'left' },
    position
      ? { labelColor: { condition: { test: 'datum.index < 2', value: 'red' }, value: 'black' } }
      : { symbolType: 'square' },
  ])
  return { [position ? 'axis' : 'legend']: own }
}

function sort(dice: Dice, columns: Columns): Json {
  return {
    sort: dice.of<() => unknown>([
      () => 'ascending',
      () => 'descending',
      () => null,
      () => dice.of(['x', 'y', '-x', '-y', 'color']),
      () => ({ encoding: dice.of(['x', 'y']), order: 'descending' }),
      () => ['b', 'a', 'USA', 'sun'],
      () =>
        columns.numbers.length > 0
          ? {
              field: path(dice.of(columns.numbers)),
              op: dice.of(OPS.filter((op) => op !== 'count')),
              ...dice.maybe(2, () => ({ order: 'descending' })),
            }
          : null,
    ])(),
  }
}

/** What a channel shows of a field. */
export function fieldDef(dice: Dice, columns: Columns, channel: string): Json {
  const { numbers, texts, dates } = columns
  const position = channel === 'x' || channel === 'y'
  const kinds = [
    ...(numbers.length > 0 ? (['quantitative', 'quantitative', 'ordinal'] as const) : []),
    ...(dates.length > 0 ? (['temporal', 'temporal'] as const) : []),
    ...(texts.length > 0 ? (['nominal', 'nominal'] as const) : []),
  ]
  if (kinds.length === 0) return { aggregate: 'count', type: 'quantitative' }
  const type: Type = dice.of(kinds)
  const of = (list: readonly string[]): string => path(dice.of(list))
  const more = (kind: Type): Json => ({
    ...dice.maybe(6, () => ({ scale: dice.once(12) ? null : scale(dice, kind, position) })),
    ...dice.maybe(8, () => guide(dice, kind, channel)),
    ...dice.maybe(10, () => ({ title: dice.of<unknown>(['T', null]) })),
  })
  if (type === 'quantitative') {
    return dice.of<() => Json>([
      () => ({ field: of(numbers), type, ...more(type) }),
      () => ({ field: of(numbers), type, ...more(type) }),
      () => ({ aggregate: 'count', type, ...more(type) }),
      () => ({ aggregate: dice.of(OPS), field: of(numbers), type, ...more(type) }),
      () => ({
        aggregate: dice.of(['mean', 'sum', 'median', 'max']),
        field: of(numbers),
        type,
        ...more(type),
        ...(position
          ? dice.maybe(4, () => ({ stack: dice.of(['zero', 'normalize', 'center', null, false, true]) }))
          : {}),
      }),
      () =>
        dice.once(15)
          ? { aggregate: { [dice.of(['argmax', 'argmin'])]: of(numbers) }, field: of(numbers), type }
          : { field: of(numbers), type, ...more(type) },
      () => ({
        bin: dice.of<unknown>([
          true,
          { maxbins: dice.of([4, 20]) },
          { step: dice.of([1, 5, 20]) },
          { extent: [0, 50] },
        ]),
        field: of(numbers),
        type: dice.of(['quantitative', 'quantitative', 'ordinal']),
        ...more(type),
      }),
    ])()
  }
  if (type === 'temporal') {
    if (dice.once(2)) return { field: of(dates), type, ...more(type) }
    const shown: Type = dice.of(['temporal', 'temporal', 'ordinal'])
    return { timeUnit: timeUnit(dice), field: of(dates), type: shown, ...more(shown) }
  }
  const field = type === 'ordinal' ? of(numbers) : of(texts)
  return { field, type, ...dice.maybe(3, () => sort(dice, columns)), ...more(type) }
}

const PLAIN: Readonly<Record<string, readonly unknown[]>> = {
  color: ['red', '#336699'],
  fill: ['teal'],
  stroke: ['black'],
  opacity: [0.3, 1],
  fillOpacity: [0.5],
  strokeOpacity: [0.5],
  size: [20, 100],
  shape: ['square', 'cross'],
  strokeWidth: [1, 3],
  strokeDash: [[2, 2]],
  angle: [30],
}

/** A channel whose value depends on the row or on a selection. */
function conditional(dice: Dice, columns: Columns, names: Names, channel: string): Json {
  const values = PLAIN[channel] ?? [1]
  const when =
    names.selections.length > 0 && !dice.once(3)
      ? selected(dice, names)
      : { test: predicate(dice, columns, { ...names, selections: [] }, 1) }
  const then = dice.once(3) ? fieldDef(dice, columns, channel) : { value: dice.of(values) }
  const otherwise =
    dice.once(3) && !('field' in then) && !('aggregate' in then)
      ? fieldDef(dice, columns, channel)
      : { value: dice.of(values) }
  const condition = { ...when, ...then }
  return {
    condition:
      dice.once(6) && !('field' in then) && !('aggregate' in then)
        ? [condition, { test: test(dice, columns, names), value: dice.of(values) }]
        : condition,
    ...otherwise,
  }
}

const COLOURS = ['color', 'color', 'fill', 'stroke']

/** The channels of a mark. */
export function encoding(dice: Dice, columns: Columns, names: Names, mark: string): Json {
  const of = (channel: string): Json => fieldDef(dice, columns, channel)
  if (mark === 'arc')
    return {
      theta: of('theta'),
      ...dice.maybe(2, () => ({ color: of('color') })),
      ...dice.maybe(4, () => ({ radius: { ...of('radius'), scale: { type: 'sqrt', zero: true, rangeMin: 20 } } })),
      ...dice.maybe(4, () => ({ order: of('order') })),
    }
  const raw = mark === 'boxplot' || mark.startsWith('error')
  const positions = dice.of([['x', 'y'], ['x', 'y'], ['x', 'y'], ['x', 'y'], ['x'], ['y']])
  const measured = dice.of(positions)
  const places = Object.fromEntries(
    positions.map((channel) => [
      channel,
      raw && channel === measured && columns.numbers.length > 0
        ? { field: path(dice.of(columns.numbers)), type: 'quantitative' }
        : raw && columns.texts.length > 0
          ? { field: path(dice.of(columns.texts)), type: 'nominal' }
          : fieldDef(dice, columns, channel),
    ]),
  )
  const extra = (channel: string, n: number): Json =>
    dice.maybe(n, () => ({
      [channel]: channel in PLAIN && dice.once(3) ? conditional(dice, columns, names, channel) : of(channel),
    }))
  const second = dice.once(8) && columns.numbers.length > 0 && ['bar', 'area', 'rule', 'rect'].includes(mark)
  const ranged = second
    ? {
        [dice.of(['x2', 'y2'])]: dice.once(3)
          ? { datum: 5 }
          : {
              field: path(dice.of(columns.numbers)),
              ...dice.maybe(2, () => ({ aggregate: dice.of(['max', 'mean']) })),
            },
      }
    : {}
  return {
    ...places,
    ...ranged,
    ...extra(dice.of(COLOURS), 2),
    ...extra('size', 6),
    ...(mark === 'point' ? extra('shape', 5) : {}),
    ...extra(dice.of(['opacity', 'fillOpacity', 'strokeOpacity', 'strokeWidth', 'strokeDash', 'angle']), 8),
    ...dice.maybe(8, () => ({ detail: dice.once(2) ? of('detail') : [of('detail'), of('detail')] })),
    ...dice.maybe(8, () => ({ order: { ...of('order'), ...dice.maybe(2, () => ({ sort: 'descending' })) } })),
    ...dice.maybe(5, () => ({
      tooltip: dice.of<() => unknown>([
        () => of('tooltip'),
        () => [of('tooltip'), of('tooltip')],
        () => ({ content: 'data' }),
      ])(),
    })),
    ...(mark === 'text' || dice.once(20)
      ? { text: { ...of('text'), ...dice.maybe(3, () => ({ format: '.1f' })) } }
      : {}),
    ...dice.maybe(12, () => ({
      [dice.of(['xOffset', 'yOffset'])]:
        columns.texts.length > 0 ? { field: path(dice.of(columns.texts)), type: 'nominal' } : of('xOffset'),
    })),
    ...dice.maybe(25, () => ({ [dice.of(['href', 'url', 'description', 'key'])]: of('key') })),
    ...dice.maybe(14, () => facets(dice, columns)),
  }
}

/** Columns, rows or a wrapped facet. */
export function facets(dice: Dice, columns: Columns): Json {
  const few = columns.texts.filter(
    (name) =>
      !['Name', 'job', 'name', 'country', 'Bacteria', 'state', 'city', 'Distributor', 'origin', 'destination'].includes(
        name,
      ),
  )
  const of = (): Json =>
    few.length > 0
      ? {
          field: path(dice.of(few)),
          type: 'nominal',
          ...dice.maybe(3, () => ({ header: { title: null } })),
          ...dice.maybe(3, () => sort(dice, columns)),
        }
      : { bin: { maxbins: 4 }, field: path(columns.numbers[0] ?? 'n'), type: 'ordinal' }
  return dice.of<() => Json>([
    () => ({ column: of() }),
    () => ({ row: of() }),
    () => ({ row: of(), column: of() }),
    () => ({ facet: { ...of(), columns: 2 } }),
  ])()
}
