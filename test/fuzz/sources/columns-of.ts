import { only, type Columns } from '../charts/columns.ts'
import type { Look } from './cells.ts'

const PLACE: Readonly<Record<Look, keyof Columns>> = {
  whole: 'numbers',
  number: 'numbers',
  date: 'dates',
  boolean: 'texts',
  text: 'texts',
  nothing: 'odd',
  mixed: 'odd',
}

/** The fields by what they look like; one that looks like nothing in particular is taken for a number and a text. */
export function columnsOf(names: readonly string[], looks: readonly Look[]): Columns {
  const of = (place: keyof Columns): readonly string[] => [
    ...new Set(names.filter((_, at) => PLACE[looks[at] ?? 'mixed'] === place)),
  ]
  const odd = of('odd')
  return only({ numbers: [...of('numbers'), ...odd], texts: [...of('texts'), ...odd], dates: of('dates'), odd })
}
