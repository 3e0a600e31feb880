import { FILES, inline, only, path, type Columns } from './columns.ts'
import type { Json } from '../../exact/json.ts'
import type { Dice } from './dice.ts'
import { freshNames } from './fresh-names.ts'
import { nativeChain, type Reach } from './native-transforms.ts'

const EVENTS = ['click', 'pointermove', '@items:click', 'wheel']

/** A signal that holds a number: bound to an input, set by events, or computed. */
function signal(dice: Dice, name: string, before: readonly string[]): Json {
  const [first] = before
  return dice.of<() => Json>([
    () => ({ name, value: dice.of([0, 5, 20]), bind: { input: 'range', min: 0, max: 60, step: 1 } }),
    () => ({ name, value: 10, bind: { input: 'select', options: [1, 10, 100] } }),
    () => ({
      name,
      value: 3,
      on: [{ events: dice.of(EVENTS), update: dice.of([`${name} + 1`, 'x()', 'floor(y() / 10)']) }],
    }),
    () => ({ name, update: first === undefined ? 'width / 20' : `${first} * 2` }),
    () => ({ name, init: '4 + 4' }),
    () => ({ name, value: false, bind: { input: 'checkbox' } }),
  ])()
}

interface DataSet {
  readonly definition: Json
  readonly name: string
  readonly columns: Columns
}

const domain = (
  dice: Dice,
  sets: readonly DataSet[],
  fields: readonly string[],
  set: DataSet,
  extents: readonly string[],
): unknown => {
  const [field = ''] = fields
  const other = dice.of(sets)
  return dice.of<() => unknown>([
    () => ({ data: set.name, field: path(field) }),
    () => ({ data: set.name, fields: fields.slice(0, 2).map(path) }),
    () => ({
      fields: [
        { data: set.name, field: path(field) },
        ...(other.columns.numbers.includes(field) ? [{ data: other.name, field: path(field) }] : []),
        [0, 10],
      ],
    }),
    () => (extents.length > 0 ? { signal: dice.of(extents) } : { data: set.name, field: path(field) }),
    () => [0, { signal: 'width' }],
  ])()
}

function scales(dice: Dice, sets: readonly DataSet[], set: DataSet, extents: readonly string[]): readonly Json[] {
  const { numbers, texts } = set.columns
  const x = {
    name: 'x',
    type: dice.of(['linear', 'linear', 'sqrt', 'symlog']),
    range: 'width',
    domain: domain(dice, sets, numbers, set, extents),
    ...dice.maybe(2, () => ({ nice: true })),
    ...dice.maybe(3, () => ({ zero: true })),
  }
  const sort = dice.of<unknown>([
    true,
    false,
    { order: 'descending' },
    ...(numbers.length > 0 ? [{ op: dice.of(['mean', 'count', 'max']), field: path(numbers[0] ?? '') }] : []),
  ])
  const [text] = texts
  const y =
    text === undefined
      ? { name: 'y', type: 'linear', range: 'height', domain: domain(dice, sets, numbers, set, extents) }
      : {
          name: 'y',
          type: dice.of(['band', 'point']),
          range: 'height',
          domain: { data: set.name, field: path(text), sort },
        }
  return [x, y]
}

function mark(dice: Dice, set: DataSet, from: string): Json {
  const { numbers, texts } = set.columns
  const y = texts[0] ?? numbers[0] ?? ''
  const update = {
    x: { scale: 'x', field: path(numbers.length === 0 ? y : dice.of(numbers)) },
    y: { scale: 'y', field: path(y) },
    ...dice.maybe(2, () => ({ tooltip: { signal: 'datum' } })),
    ...dice.maybe(3, () => ({
      fill: [{ test: `datum[${JSON.stringify(numbers[0] ?? '')}] > 10`, value: 'red' }, { value: 'blue' }],
    })),
  }
  return {
    type: dice.of(['symbol', 'rect', 'text', 'rule', 'line']),
    name: 'items',
    from: { data: from },
    encode: { [dice.of(['update', 'enter'])]: { ...update, width: { value: 4 }, height: { value: 4 } } },
    ...dice.maybe(5, () => ({ sort: { field: "datum['x']" } })),
  }
}

/** A group per value of a text, with data, signals and scales of its own. */
function facet(dice: Dice, set: DataSet, reach: Reach): Json {
  const [text] = set.columns.texts
  if (text === undefined) return mark(dice, set, set.name)
  const made = nativeChain(dice, { ...reach, columns: set.columns }, dice.between(0, 2))
  const inner: DataSet = {
    definition: {},
    name: 'inside',
    columns: made.columns.numbers.length > 0 ? made.columns : set.columns,
  }
  const transform = inner.columns === made.columns ? made.transform : []
  return {
    type: 'group',
    from: {
      facet: {
        name: 'part',
        data: set.name,
        groupby: path(text),
        ...dice.maybe(3, () => ({ aggregate: { ops: ['count'], fields: [null], as: ['many'] } })),
      },
    },
    encode: { update: { width: { value: 80 }, height: { value: 60 } } },
    signals: [
      { name: 'rows', update: "length(data('inside'))" },
      ...(dice.once(3) ? [{ name: 'held', update: `parent[${JSON.stringify(text)}]` }] : []),
    ],
    data: [{ name: 'inside', source: 'part', transform }],
    scales: scales(dice, [inner], inner, []),
    marks: [mark(dice, inner, 'inside'), { type: 'text', encode: { update: { text: { signal: 'rows' } } } }],
  }
}

/** A random Vega spec. */
export function nativeSpec(dice: Dice): Json {
  const names = Array.from({ length: dice.between(0, 3) }, (_, at) => `s${at}`)
  const signals = names.map((name, at) => signal(dice, name, names.slice(0, at)))
  const fresh = freshNames('f')
  const lookup: DataSet = {
    name: 'other',
    columns: only({ numbers: ['num'], texts: ['key'] }),
    definition: {
      name: 'other',
      values: [
        { key: 'USA', num: 1 },
        { key: 'a', num: 7 },
        { key: 'MSFT', num: null },
        { key: 'sun', num: 3 },
      ],
    },
  }
  const source = dice.once(3) ? inline(dice) : dice.of(FILES)
  const reach = { signals: names, data: [lookup.name], fresh }
  const parse = Object.fromEntries(source.columns.dates.map((name) => [name, 'date']))
  const made = nativeChain(dice, { ...reach, columns: source.columns }, dice.between(0, 3))
  const kind = String(source.data['url'] ?? '')
    .split('.')
    .at(-1)
  const format = {
    ...(source.data['format'] as Json | undefined),
    type: kind === 'csv' || kind === 'tsv' ? kind : 'json',
    ...(kind === 'csv' || kind === 'tsv'
      ? { parse: { ...Object.fromEntries(source.columns.numbers.map((name) => [name, 'number'])), ...parse } }
      : { parse }),
  }
  const first: DataSet = {
    name: 'rows',
    columns: made.columns,
    definition: { name: 'rows', ...source.data, format, transform: made.transform },
  }
  const sets = [first]
  for (let at = dice.between(0, 2); at > 0; at -= 1) {
    const parent = dice.of(sets)
    const next = nativeChain(dice, { ...reach, columns: parent.columns }, dice.between(1, 3))
    const name = `set${at}`
    sets.push({ name, columns: next.columns, definition: { name, source: parent.name, transform: next.transform } })
  }
  const drawn = sets.filter(({ columns }) => columns.numbers.length > 0)
  const shown = drawn.length > 0 ? dice.of(drawn) : first
  const triggers = dice.once(8)
  const extent = shown.columns.numbers[0]
  const extents = extent !== undefined && dice.once(4) ? ['span'] : []
  const spanning =
    extents.length > 0
      ? { name: 'span', update: `extent(pluck(data('${shown.name}'), ${JSON.stringify(extent)}))` }
      : undefined
  return {
    width: 120,
    height: 100,
    signals: [
      ...signals,
      ...(spanning === undefined ? [] : [spanning]),
      ...(triggers ? [{ name: 'added', value: null, on: [{ events: 'click', update: "{key: 'USA', num: 9}" }] }] : []),
    ],
    data: [
      { ...lookup.definition, ...(triggers ? { on: [{ trigger: 'added', insert: 'added' }] } : {}) },
      ...sets.map(({ definition }) => definition),
    ],
    scales: scales(dice, drawn, shown, extents),
    ...dice.maybe(2, () => ({
      axes: [
        { orient: 'bottom', scale: 'x' },
        { orient: 'left', scale: 'y' },
      ],
    })),
    marks: dice.once(3)
      ? [facet(dice, shown, { ...reach, columns: shown.columns })]
      : [
          mark(dice, shown, shown.name),
          ...(dice.once(3) ? [facet(dice, shown, { ...reach, columns: shown.columns })] : []),
        ],
  }
}
