import { path, type Columns } from './columns.ts'
import type { Json } from '../../exact/json.ts'
import type { Dice } from './dice.ts'

/** A variable with an input element, or an expression. */
function variable(dice: Dice, name: string): Json {
  return dice.of<Json>([
    { name, value: dice.of([1, 5, 20]), bind: { input: 'range', min: 0, max: 50, step: 1 } },
    { name, value: 10, bind: { input: 'select', options: [1, 10, 100] } },
    { name, value: true, bind: { input: 'checkbox' } },
    { name, value: 1, bind: { input: 'radio', options: [0, 1, 2] } },
    { name, value: 3, bind: { input: 'number' } },
    { name, expr: '2 + 3' },
    { name, value: 7 },
  ])
}

/** A point or interval selection over some fields or channels. */
export function selection(dice: Dice, name: string, columns: Columns): Json {
  const fields = dice.some([...columns.texts, ...columns.numbers.slice(0, 2)].map(path), 2)
  const over = (encodings: readonly string[]): Json =>
    dice.of<Json>([{}, {}, { encodings }, ...(fields.length > 0 ? [{ fields }] : [])])
  const resolve = dice.maybe(3, () => ({ resolve: dice.of(['global', 'union', 'intersect']) }))
  const clear = dice.maybe(6, () => ({ clear: dice.of<unknown>([false, 'mouseout', 'dblclick']) }))
  if (dice.once(2)) {
    const of = over(dice.of([['x'], ['y'], ['color'], ['x', 'y']]))
    const value =
      'fields' in of && dice.once(3)
        ? {
            value: [
              Object.fromEntries(
                fields.map((field) => [field.replace(/\\/g, ''), dice.of<unknown>(['USA', 'a', 'MSFT', 8, 1, null])]),
              ),
            ],
          }
        : {}
    return {
      name,
      select: {
        type: 'point',
        ...of,
        ...resolve,
        ...clear,
        ...dice.maybe(4, () => ({ toggle: dice.of<unknown>([true, false, 'event.shiftKey']) })),
        ...dice.maybe(5, () => ({ nearest: true })),
        ...dice.maybe(4, () => ({ on: dice.of(['pointerover', 'click']) })),
      },
      ...value,
      ...dice.maybe(5, () => ({ bind: 'legend' })),
    }
  }
  return {
    name,
    select: {
      type: 'interval',
      ...dice.of<Json>([{}, { encodings: ['x'] }, { encodings: ['x'] }, { encodings: ['y'] }]),
      ...resolve,
      ...clear,
      ...dice.maybe(8, () => ({ zoom: false })),
    },
    ...dice.maybe(6, () => ({ value: { x: [10, 40] } })),
    ...dice.maybe(5, () => ({ bind: 'scales' })),
  }
}

/** Parameters of the whole chart: variables. */
export const variables = (dice: Dice): readonly Json[] =>
  dice.once(3) ? Array.from({ length: dice.between(1, 2) }, (_, at) => variable(dice, `v${at}`)) : []
