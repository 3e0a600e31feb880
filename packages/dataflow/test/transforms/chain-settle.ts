import type { Column } from '../../src/columns.ts'
import type { Row } from './harness.ts'

/** Which of the fields that there are a place of a transform takes: the one at `pick`, of those of the type if there are such. */
export interface Pick {
  readonly pick: number
  readonly of?: Column['type']
  /** Is the name what a signal says? */
  readonly bySignal?: boolean
}

/** An expression with a `$1` for each field. */
export interface Template {
  readonly template: string
  readonly picks: readonly Pick[]
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

const isPick = (value: unknown): value is Pick => isObject(value) && typeof value['pick'] === 'number'
const isTemplate = (value: unknown): value is Template => isObject(value) && typeof value['template'] === 'string'

const nameOf = ({ pick, of }: Pick, columns: readonly Column[]): string => {
  const typed = columns.filter(({ type }) => type === of)
  const from = typed.length > 0 ? typed : columns
  return from[pick % Math.max(1, from.length)]?.name ?? 'gone'
}

/** A name as a field parameter has it. */
const pathOf = (name: string): string => (/^\w+$/.test(name) ? name : `[${JSON.stringify(name)}]`)

/** A transform whose places for fields have names of the columns. */
export const settled = (transform: Row, columns: readonly Column[]): Row => settle(transform, columns) as Row

const settle = (value: unknown, columns: readonly Column[]): unknown => {
  if (isPick(value)) {
    const path = pathOf(nameOf(value, columns))
    return value.bySignal === true ? { signal: JSON.stringify(path) } : path
  }
  if (isTemplate(value)) {
    return value.template.replaceAll(/\$([0-9])/g, (_all, place: string) => {
      const pick = value.picks[Number(place) - 1]
      return pick === undefined ? 'null' : `datum[${JSON.stringify(nameOf(pick, columns))}]`
    })
  }
  if (Array.isArray(value)) return value.map((item) => settle(item, columns))
  if (!isObject(value) || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, settle(item, columns)]))
}
