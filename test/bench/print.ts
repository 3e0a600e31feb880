import type { Figure } from './figure.ts'

const number = (value: number): string =>
  Math.abs(value) >= 100
    ? value.toLocaleString('en', { maximumFractionDigits: 0 })
    : String(Number(value.toPrecision(3)))

const ratios = ({ ratioTo }: Figure): string =>
  Object.entries(ratioTo)
    .map(([peer, ratio]) => `${number(ratio)}× ${peer}`)
    .join(', ')

const HEADS = ['case', 'rows', 'subject', 'median', 'p95', 'unit', 'n', 'ratio to']

const cellsOf = (figure: Figure): readonly string[] => [
  figure.case,
  figure.rows === 0 ? '' : figure.rows.toLocaleString('en'),
  figure.subject,
  number(figure.median),
  number(figure.p95),
  figure.unit,
  String(figure.n),
  ratios(figure),
]

/** Figures as a table for a terminal. */
export function printed(figures: readonly Figure[]): string {
  const lines = [HEADS, ...figures.map(cellsOf)]
  const widths = HEADS.map((_, column) => Math.max(...lines.map((cells) => cells[column]?.length ?? 0)))
  return lines
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
