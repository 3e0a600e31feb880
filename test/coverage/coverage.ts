import { browserFunction } from '../../packages/planner/src/server-functions.ts'
import { browserTransform } from '../../packages/planner/src/server-transforms.ts'
import { hasSql, leftTransform, probeFunction, probeOp, probeParameter, type Probe } from './probe.ts'
import { parameterNames, vegaFunctions, vegaOps, vegaTransforms } from './vega-registries.ts'

/** Where a thing is done, and why not nearer to the data. */
interface Entry {
  readonly name: string
  readonly where: 'SQL' | 'Vega on the server' | 'browser'
  readonly note: string
}

const code = (text: string): string => `\`${text}\``
const cell = (text: string): string => text.replaceAll('|', '\\|')
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n')

const values = (list: readonly unknown[]): string => list.map((value) => code(JSON.stringify(value))).join(', ')

const noteOf = ({ sql, vega }: Probe): string =>
  vega.map(({ value, reason }) => (sql.length === 0 ? reason : `${values([value])}: ${reason}`)).join('; ')

const transformEntries = (type: string, parameters: readonly string[]): readonly Entry[] => {
  const browser = browserTransform(type, {})
  if (browser !== undefined) return [{ name: code(type), where: 'browser', note: browser }]
  const head = (where: Entry['where'], note: string): Entry => ({ name: code(type), where, note })
  const others = parameters.filter((name) => browserTransform(type, { [name]: 'x' }) === undefined)
  if (!hasSql(type)) {
    const left = others.length === 0 ? '' : `; with it go ${others.map(code).join(', ')}`
    return [
      head('Vega on the server', `${leftTransform(type)}${left}`),
      ...parameters
        .filter((name) => !others.includes(name))
        .map((name): Entry => ({
          name: `${code(type)} ${code(name)}`,
          where: 'browser',
          note: browserTransform(type, { [name]: 'x' }) ?? '',
        })),
    ]
  }
  return [
    head('SQL', ''),
    ...parameters.map((name): Entry => {
      const probe = probeParameter(type, name)
      const where = probe.sql.length > 0 ? 'SQL' : 'Vega on the server'
      return { name: `${code(type)} ${code(name)}`, where, note: noteOf(probe) }
    }),
  ]
}

const opEntry = (type: 'aggregate' | 'window', op: string): Entry => {
  const browser = browserTransform(type, { ops: [op] })
  if (browser !== undefined) return { name: code(op), where: 'browser', note: browser }
  const [many, few] = probeOp(type, op)
  if (many !== undefined) return { name: code(op), where: 'Vega on the server', note: many.reason }
  return { name: code(op), where: 'SQL', note: few === undefined ? '' : `of few rows Vega: ${few.reason}` }
}

const functionEntry = (name: string): Entry => {
  const browser = browserFunction(name, false)
  if (browser !== undefined) return { name: code(name), where: 'browser', note: browser }
  const left = probeFunction(name)
  return left === undefined
    ? { name: code(name), where: 'SQL', note: '' }
    : { name: code(name), where: 'Vega on the server', note: left }
}

const section = (title: string, entries: readonly Entry[]): string => {
  const count = (where: Entry['where']): string =>
    `${String(entries.filter((entry) => entry.where === where).length)} ${where}`
  const counts = (['SQL', 'Vega on the server', 'browser'] as const).map(count).join(', ')
  const rows = entries.map(({ name, where, note }) => [name, where, note])
  return `## ${title}\n\n${counts}.\n\n${table(['', 'where', 'why not nearer to the data'], rows)}\n`
}

/** Every entry of Vega's registries that no table of Magpie knows. */
export const unknownEntries = (): readonly string[] => {
  const isUnknown = (why: string | undefined): boolean => why?.includes('that the server knows') === true
  return [
    ...[...vegaTransforms().keys()].filter((type) => isUnknown(browserTransform(type, {}))),
    ...vegaFunctions().filter((name) => isUnknown(browserFunction(name, false))),
  ]
}

/** The ledger of what runs where, as Markdown. */
export const coverage = (): string => {
  const types = [...vegaTransforms()].toSorted(([a], [b]) => (a < b ? -1 : 1))
  return [
    '# What runs where',
    '',
    'Made by `npm run coverage` from Magpie’s tables and Vega’s registries; do not edit. SQL: in the database. Vega on the',
    'server: in Vega’s own dataflow beside the data, on rows already reduced. Browser: as in any Vega chart. A parameter',
    'counts as SQL when one of its values has SQL; the note names values that were tried and have none.',
    '',
    section(
      'Transforms and their parameters',
      types.flatMap(([type, list]) => transformEntries(type, parameterNames(list))),
    ),
    section(
      'Operations of `aggregate` and `joinaggregate`',
      vegaOps('aggregate').map((op) => opEntry('aggregate', op)),
    ),
    section(
      'Operations of `window`',
      vegaOps('window').map((op) => opEntry('window', op)),
    ),
    'Functions are listed for values of the row. Of constants and signals the server has them all, but for those of the browser.',
    '',
    section('Expression functions', vegaFunctions().map(functionEntry)),
  ].join('\n')
}
