import { seedOf } from '../../exact/mutate/random.ts'
import type { Json } from '../../exact/json.ts'
import { plus, type Columns } from '../charts/columns.ts'
import { diceOf, type Dice } from '../charts/dice.ts'
import { freshNames } from '../charts/fresh-names.ts'
import { nativeChain } from '../charts/native-transforms.ts'
import { delimitedFile } from './delimited-file.ts'
import type { Content, DataFile } from './file.ts'
import { jsonFile } from './json-file.ts'
import { topojsonFile } from './topojson-file.ts'

/** A data file, and what a chart does with it. */
export interface SourceCase {
  readonly content: Content
  /** Bytes of Latin-1 are mostly no UTF-8, which every reader takes them for. */
  readonly encoding: 'utf8' | 'latin1'
  readonly format: Json
  /** Transforms over the rows, chain by chain. */
  readonly chains: readonly (readonly Json[])[]
  /** Are the columns of an uploaded table read in place of a file? */
  readonly asTable: boolean
  /** Is the URL said by a signal? */
  readonly signal: boolean
  /** Is there no such file? */
  readonly missing: boolean
}

const fileOf = (dice: Dice): DataFile => {
  if (dice.once(12)) return topojsonFile(dice)
  return dice.once(2) ? delimitedFile(dice) : jsonFile(dice)
}

/** Nested members, as columns of their own. */
const MEMBERS: readonly Json[] = [
  { type: 'formula', expr: 'datum.properties && datum.properties.n', as: 'member' },
  { type: 'formula', expr: "datum['a'] && datum['a'].p", as: 'member' },
  { type: 'formula', expr: 'isValid(datum.a) ? toString(datum.a) : null', as: 'member' },
]

function chain(dice: Dice, columns: Columns): readonly Json[] {
  const first = dice.once(6) ? [dice.of(MEMBERS)] : []
  const known = first.length > 0 ? plus(columns, { numbers: ['member'] }) : columns
  const reach = { columns: known, signals: [], data: [], fresh: freshNames('made') }
  return [...first, ...nativeChain(dice, reach, dice.between(0, 3)).transform]
}

/** The n-th case of a seed. */
export function sourceCase(seed: number, n: number): SourceCase {
  const dice = diceOf(seedOf(seed, n))
  const { content, format, columns } = fileOf(dice)
  return {
    content,
    encoding: dice.once(40) ? 'latin1' : 'utf8',
    format,
    chains: [chain(dice, columns), chain(dice, columns)],
    asTable: dice.once(5),
    signal: dice.once(6),
    missing: dice.once(100),
  }
}

const set = (name: string, source: string, transform: readonly Json[]): Json => ({
  name,
  source,
  ...(transform.length > 0 ? { transform } : {}),
})

/** A chart over a file: a data set of its rows, one of each chain; events may show all of their rows. */
export function specOf({ format, chains, signal }: SourceCase, url: string): Json {
  const sets = chains.map((steps, at) => set(`chain${at}`, 'file', steps))
  const shown = ['file', ...sets.map(({ name }) => String(name))].map((name) => ({
    name: `shown_${name}`,
    value: null,
    on: [{ events: 'click', update: `data('${name}')` }],
  }))
  return {
    signals: [...(signal ? [{ name: 'url', value: url }] : []), ...shown],
    data: [{ name: 'file', url: signal ? { signal: 'url' } : url, format }, ...sets],
  }
}
