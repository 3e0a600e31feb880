import type { Json } from '../../exact/json.ts'
import type { Dice } from '../charts/dice.ts'
import { cellsOf, LOOKS, namesOf, type Look } from './cells.ts'
import { columnsOf } from './columns-of.ts'
import type { DataFile } from './file.ts'
import { parseOf } from './parse-of.ts'

/** A number of JSON that is written so. */
const raw = (text: string): string => `@@${text}@@`

const VALUES: Readonly<Record<Look, readonly unknown[]>> = {
  whole: [0, 1, 2, 3, 10, -7, raw('-0'), raw('1e3'), raw('9007199254740993'), null],
  number: [0, 0.5, -1.25, raw('-0'), raw('1E-7'), raw('1e400'), raw('12345678901234567890'), 0.1, 7, null],
  date: [0, 1578182400000, 1578182400, null, '2020-01-05'],
  boolean: [true, false, null, 'true', 0, 1],
  text: ['\ud800', '', null, 'a', 'b'],
  nothing: [null],
  mixed: [
    { p: 1, q: { r: 'x' } },
    { p: '2' },
    { $magpie: 'NaN' },
    {},
    [],
    [1, 'a', null],
    [[1], { a: 2 }],
    'a',
    1,
    true,
    null,
  ],
}

/**
 * Rows that are no objects, or odd ones. Null is not among them, since Vega never comes back from it, nor are lists: to the service
 * they are objects, like the rows that Vega derives of them.
 */
const ROWS: readonly unknown[] = [0, 1, '', 'text', true, false, {}, { a: 1 }, { a: [1, 2], b: 3 }]

/** What a file may hold in place of rows. */
const OTHERS: readonly unknown[] = [...ROWS, null, [], [1, 'a'], '[{"a":1},{"a":2}]']

function valuesOf(dice: Dice, look: Look): readonly unknown[] {
  const own = dice.some(VALUES[look], 6)
  const texts = dice.once(look === 'date' || look === 'text' ? 1 : 3) ? cellsOf(dice, look) : []
  return dice.once(3) ? [...own, ...texts] : texts.length > 0 ? texts : own
}

/** Where the rows are within the file, and the format that says so. */
function placed(dice: Dice, rows: unknown): { readonly value: unknown; readonly format: Json } {
  const copy = dice.maybe(6, () => ({ copy: dice.once(3) ? false : true }))
  if (!dice.once(4)) return { value: rows, format: copy }
  const [value, property] = dice.of<readonly [unknown, string]>([
    [{ rows, more: 1 }, 'rows'],
    [{ a: { b: rows } }, 'a.b'],
    [{ 'a.b': rows }, 'a\\.b'],
    [{ a: [0, rows] }, 'a[1]'],
    [{ a: rows }, "['a']"],
    [{ rows }, 'nowhere'],
    [{ a: { b: rows } }, 'a.c.d'],
    [[rows], '0'],
  ])
  return { value, format: { property, ...copy } }
}

/** Random rows in JSON: fields that only some rows have, nested and mixed values, and sometimes no rows at all. */
export function jsonFile(dice: Dice): DataFile {
  // Of a row that has a field of this name Vega makes one of another prototype when it derives it, whatever the field holds.
  const names = [...new Set(namesOf(dice, dice.between(1, 5)))].filter((name) => name !== '__proto__')
  const looks = names.map((): Look => dice.of(LOOKS))
  const pools = looks.map((look) => valuesOf(dice, look))
  const lacking = names.map(() => dice.once(5))
  const row = (): unknown => {
    if (dice.once(100)) return dice.of(ROWS)
    const entries = names.flatMap((name, at) =>
      lacking[at] === true && dice.once(3) ? [] : [[name, dice.of(pools[at] ?? [null])] as const],
    )
    return Object.fromEntries(entries)
  }
  const rows: unknown = dice.once(15) ? dice.of(OTHERS) : Array.from({ length: dice.of([0, 1, 2, 5, 12, 30]) }, row)
  const { value, format } = placed(dice, rows)
  return {
    content: {
      kind: 'json',
      value,
      ...dice.maybe(15, () => ({ start: dice.of(['\ufeff', ' \n', '\u00a0']) })),
      ...dice.maybe(40, () => ({ last: dice.of([',', ']', '\n', '\n{}', '\u0000']) })),
    },
    format: { ...dice.maybe(2, () => ({ type: 'json' })), ...format, ...parseOf(dice, names, looks, 8) },
    columns: columnsOf(names, looks),
  }
}
