import { FILES, inline } from './columns.ts'
import type { Json } from '../../exact/json.ts'
import type { Dice } from './dice.ts'
import { encoding, facets, fieldDef } from './encoding.ts'
import { freshNames } from './fresh-names.ts'
import { selection, variables } from './parameters.ts'
import type { Names } from './predicate.ts'
import type { Reach } from './reach.ts'
import { chain } from './transforms.ts'

const MARKS = [
  'bar',
  'bar',
  'bar',
  'point',
  'point',
  'circle',
  'square',
  'line',
  'line',
  'area',
  'rect',
  'tick',
  'rule',
  'text',
  'arc',
  'trail',
]
const COMPOSITE = ['boxplot', 'errorbar', 'errorband']

function markOf(dice: Dice): Json | string {
  const name = dice.once(8) ? dice.of(COMPOSITE) : dice.of(MARKS)
  if (name === 'boxplot')
    return { type: name, ...dice.maybe(2, () => ({ extent: dice.of<unknown>(['min-max', 1.5, 0.5]) })) }
  if (COMPOSITE.includes(name))
    return { type: name, extent: dice.of(['stdev', 'stderr', 'iqr']), ...dice.maybe(3, () => ({ ticks: true })) }
  if (name === 'line' || name === 'area')
    return dice.once(3)
      ? {
          type: name,
          ...dice.of<Json>([
            { point: true },
            { interpolate: 'monotone' },
            { invalid: 'filter' },
            { invalid: null },
            { line: true },
          ]),
        }
      : name
  return dice.once(6)
    ? {
        type: name,
        tooltip: dice.of<unknown>([true, { content: 'data' }]),
        ...dice.maybe(2, () => ({ invalid: dice.of(['filter', null]) })),
      }
    : name
}

const typeOf = (mark: Json | string): string => (typeof mark === 'string' ? mark : String(mark['type']))

/** A view of one mark, with transforms of its own now and then. */
function unit(dice: Dice, around: Reach, own: readonly Json[], transforms = 3): Json {
  const { columns, names } = around
  const mark = markOf(dice)
  const made = dice.once(transforms) ? chain(dice, around, dice.between(1, 2)) : { transform: [], columns }
  return {
    ...(made.transform.length > 0 ? { transform: made.transform } : {}),
    ...(own.length > 0 ? { params: own } : {}),
    mark,
    encoding: encoding(dice, made.columns, names, typeOf(mark)),
    ...dice.maybe(8, () => ({ width: 120 })),
  }
}

const resolve = (dice: Dice): Json =>
  dice.maybe(3, () => ({
    resolve: {
      [dice.of(['scale', 'scale', 'axis', 'legend'])]: {
        [dice.of(['x', 'y', 'color'])]: dice.of(['independent', 'shared']),
      },
    },
  }))

/** A view of several layers that share their places. */
function layer(dice: Dice, around: Reach, own: readonly Json[]): Json {
  const shared = dice.once(2) ? { encoding: { x: fieldDef(dice, around.columns, 'x') } } : {}
  return {
    ...shared,
    layer: Array.from({ length: dice.between(2, 3) }, (_, at) => unit(dice, around, at === 0 ? own : [], 4)),
    ...resolve(dice),
  }
}

const view = (dice: Dice, around: Reach, own: readonly Json[]): Json =>
  dice.once(4) ? layer(dice, around, own) : unit(dice, around, own)

/** A random Vega-Lite spec. */
export function liteSpec(dice: Dice): Json {
  const source = dice.once(3) ? inline(dice) : dice.of(FILES)
  const top = variables(dice)
  const numeric = top.filter((one) => one['value'] !== true)
  const before: Names = { variables: numeric.map((one) => String(one['name'])), selections: [] }
  const reach = { many: source.many, fresh: freshNames('x') }
  const made = chain(dice, { ...reach, columns: source.columns, names: before }, dice.of([0, 0, 1, 1, 2, 3, 4]))
  const picks = dice.once(2)
    ? Array.from({ length: dice.between(1, 2) }, (_, at) => selection(dice, `pick${at}`, made.columns))
    : []
  const names: Names = { ...before, selections: picks.map((one) => String(one['name'])) }
  const around: Reach = { ...reach, columns: made.columns, names }
  const body = dice.of<() => Json>([
    () => view(dice, around, picks),
    () => view(dice, around, picks),
    () => view(dice, around, picks),
    () => ({
      [dice.of(['hconcat', 'vconcat', 'concat'])]: [
        view(dice, around, picks),
        unit(dice, around, [], 2),
        ...(dice.once(3) ? [unit(dice, around, [])] : []),
      ],
      ...resolve(dice),
    }),
    () => {
      const { row, column, facet } = facets(dice, made.columns)
      const by = facet ?? { ...(row === undefined ? {} : { row }), ...(column === undefined ? {} : { column }) }
      return { facet: by, spec: view(dice, around, picks), ...resolve(dice) }
    },
    () => repeated(dice, around, picks),
  ])()
  return {
    data: source.data,
    ...(top.length > 0 ? { params: top } : {}),
    ...(made.transform.length > 0 ? { transform: made.transform } : {}),
    ...merged(top, body),
    ...dice.maybe(10, () => ({
      config: dice.of<Json>([
        { mark: { invalid: 'filter' } },
        { view: { stroke: null } },
        { axis: { grid: false } },
        { scale: { zero: false } },
      ]),
    })),
  }
}

/** Variables stand at the top, where a single view has its selections as well. */
const merged = (top: readonly Json[], body: Json): Json =>
  'params' in body ? { ...body, params: [...top, ...(body['params'] as readonly Json[])] } : body

function repeated(dice: Dice, around: Reach, picks: readonly Json[]): Json {
  const { numbers } = around.columns
  if (numbers.length < 2) return view(dice, around, picks)
  const fields = dice.some(numbers, 3, 2)
  const spec = unit(dice, around, picks)
  const encoded = spec['encoding'] as Json
  const put = (channel: string, repeat: string): Json => ({
    [channel]: {
      type: 'quantitative',
      ...(dice.once(2) ? { bin: true } : {}),
      ...dice.maybe(3, () => ({ aggregate: 'mean', bin: false })),
      field: { repeat },
    },
  })
  if (dice.once(3))
    return {
      repeat: { row: fields, column: fields.slice(0, 2) },
      spec: { ...spec, encoding: { ...encoded, ...put('x', 'column'), ...put('y', 'row') } },
    }
  if (dice.once(3))
    return {
      repeat: { layer: fields },
      spec: {
        ...spec,
        encoding: { ...encoded, ...put('y', 'layer'), color: { datum: { repeat: 'layer' }, type: 'nominal' } },
      },
    }
  return {
    repeat: fields,
    columns: 2,
    spec: { ...spec, encoding: { ...encoded, ...put(dice.of(['x', 'y']), 'repeat') } },
  }
}
