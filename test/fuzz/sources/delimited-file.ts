import { only } from '../charts/columns.ts'
import type { Dice } from '../charts/dice.ts'
import { cellsOf, LOOKS, namesOf, type Look } from './cells.ts'
import { columnsOf } from './columns-of.ts'
import type { DataFile } from './file.ts'
import { parseOf } from './parse-of.ts'

const KINDS = [
  { type: 'csv', delimiter: ',' },
  { type: 'csv', delimiter: ',' },
  { type: 'tsv', delimiter: '\t' },
  { type: 'dsv', delimiter: ';' },
  { type: 'dsv', delimiter: '|' },
  { type: 'dsv', delimiter: ' ' },
  { type: 'dsv', delimiter: '\u00a6' },
]

const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Random texts in lines: quoted where they must be, and sometimes where they need not be, or wrongly. */
export function delimitedFile(dice: Dice): DataFile {
  const { type, delimiter } = dice.of(KINDS)
  const names = namesOf(dice, dice.between(1, 5))
  const looks = names.map((): Look => dice.of(LOOKS))
  const pools = looks.map((look) => cellsOf(dice, look))
  const needsQuotes = (text: string): boolean => text.includes(delimiter) || /["\r\n]/.test(text)
  const cell = (text: string): string => {
    if (dice.once(60)) return dice.of([`"${text}`, `${text}"x`, `"${text}"${text}`])
    return needsQuotes(text) ? quoted(text) : dice.once(15) ? quoted(text) : text
  }
  const row = (): readonly string[] => {
    const cells = pools.map((pool) => cell(dice.of(pool)))
    if (dice.once(25)) return []
    if (dice.once(20)) return cells.slice(0, dice.between(0, cells.length))
    return dice.once(20) ? [...cells, ...dice.some(['', 'more', '7'], 2)] : cells
  }
  const rows = Array.from({ length: dice.of([0, 1, 2, 5, 12, 30]) }, row)
  const headless = dice.once(6)
  const header = headless
    ? { header: dice.once(10) ? names.slice(0, -1) : names }
    : dice.once(15)
      ? { header: names.toReversed() }
      : {}
  const content = {
    kind: 'lines' as const,
    lines: headless ? rows : [names.map(cell), ...rows],
    delimiter,
    end: dice.of(['\n', '\n', '\r\n', '\r']),
    start: dice.once(8) ? '\ufeff' : dice.once(20) ? '\n' : '',
    last: dice.of(['', '\n', '\n', '\r\n', '\n\n', '\n \n']),
  }
  const parse = parseOf(dice, names, looks, 2)
  return {
    content: dice.once(40) ? { kind: 'lines', lines: [] } : content,
    format: { type, ...(type === 'dsv' ? { delimiter } : {}), ...header, ...parse },
    columns: dice.once(30) ? only({}) : columnsOf(names, looks),
  }
}
