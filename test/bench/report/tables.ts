import type { Figure, Unit } from '../figure.ts'
import { isSpec, sizeOf } from './losses.ts'

const number = (value: number): string =>
  Math.abs(value) >= 100
    ? value.toLocaleString('en', { maximumFractionDigits: 0 })
    : String(Number(value.toPrecision(3)))

/** A unit after its number. */
const WORDS: Readonly<Record<Unit, string>> = {
  ms: ' ms',
  bytes: ' B',
  'req/s': '/s',
  '%': ' %',
  MiB: ' MiB',
  's CPU': ' s CPU',
  'µs CPU': ' µs CPU',
}

const cell = (figure: Figure | undefined): string => {
  if (figure === undefined) return ''
  const { median, p95, n, unit } = figure
  const spread = n > 1 ? ` (p95 ${number(p95)})` : ''
  return `${number(median)}${WORDS[unit]}${spread}`
}

const distinct = (values: readonly string[]): readonly string[] => [...new Set(values)]

/** The cases of one bench on the same data: a line for each, a column for each subject. */
const table = (figures: readonly Figure[]): string => {
  const subjects = distinct(figures.map(({ subject }) => subject))
  const cases = distinct(figures.map((figure) => figure.case))
  const lines = cases.map((name) => [
    name,
    ...subjects.map((subject) => cell(figures.find((figure) => figure.case === name && figure.subject === subject))),
  ])
  return [['case', ...subjects], ['---', ...subjects.map(() => '---')], ...lines]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n')
}

/** The tables of one bench, one for each size and kind of data; single specs are left to a sentence. */
export function tablesOf(figures: readonly Figure[]): readonly string[] {
  const shown = figures.filter((figure) => !isSpec(figure.case))
  return distinct(shown.map(sizeOf)).flatMap((size) => {
    const own = shown.filter((figure) => sizeOf(figure) === size)
    const samples = distinct(own.map(({ n }) => String(n)))
    const said = samples.length === 1 && samples[0] !== '1' ? ` (medians of ${samples[0] ?? ''})` : ''
    return [...(size === '' ? [] : [`### ${size}${said}`]), table(own)]
  })
}
