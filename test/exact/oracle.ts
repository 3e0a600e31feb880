import { expressionClosures } from '@magpie-vega/dataflow'
import { parse, View, type Loader, type Spec, type ViewOptions } from 'vega'
import { seedRandom } from './seeded-random.ts'
import type { BoundsOf } from './scene-bounds.ts'
import { sceneOf, type SceneNode } from './scene.ts'

/** What a view holds at rest. */
export interface Snapshot {
  readonly data: Readonly<Record<string, readonly object[]>>
  readonly signals: Readonly<Record<string, unknown>>
  readonly scene: SceneNode
  /** The data sets among `data` whose rows may be those that a group has for the name. */
  readonly inside?: ReadonlySet<string>
}

/** Names of data sets and signals that are compared: those that the spec defines at top level. */
export interface Names {
  readonly data: readonly string[]
  readonly signals: readonly string[]
  /** Names of data sets that groups of marks define. Vega gives the rows of one of these for the name of one at top level. */
  readonly inside: ReadonlySet<string>
}

/** How a view is shown: where, and by which renderer. */
export type Shown = Pick<ViewOptions, 'renderer' | 'container' | 'hover'>

export const HEADLESS: Shown = { renderer: 'none' }

const namesIn = (list: unknown): string[] =>
  Array.isArray(list)
    ? list.flatMap((entry: { readonly name?: unknown } | null) => (typeof entry?.name === 'string' ? [entry.name] : []))
    : []

/** The data sets that groups of marks define, at any depth. */
const dataInside = (spec: Readonly<Record<string, unknown>>): readonly string[] =>
  Array.isArray(spec.marks)
    ? spec.marks.flatMap((mark: Readonly<Record<string, unknown>> | null) =>
        mark === null ? [] : [...namesIn(mark.data), ...dataInside(mark)],
      )
    : []

export const namesOf = (spec: Readonly<Record<string, unknown>>): Names => ({
  data: namesIn(spec.data),
  signals: namesIn(spec.signals),
  inside: new Set(dataInside(spec)),
})

/** What a view complained of. */
export interface Complaints {
  readonly errors: readonly string[]
  /** Sources that could not be loaded or read, of which Vega only warns: it goes on without rows. */
  readonly unread: readonly string[]
}

const UNREAD = /^(?:Loading failed|Data ingestion failed)/

const loggerOf = (errors: string[], unread: string[]): never => {
  const say = (...words: readonly unknown[]) => {
    errors.push(words.map(String).join(' '))
    return logger
  }
  const warn = (...words: readonly unknown[]) => {
    if (UNREAD.test(String(words[0]))) unread.push(words.map(String).join(' '))
    return logger
  }
  const quiet = () => logger
  const logger: Record<string, unknown> = { level: () => 0, error: say, warn, info: quiet, debug: quiet }
  return logger as never
}

/** How expressions are evaluated: by the code that Vega generates, or as closures, as our page does, without eval. */
export type Evaluator = 'generated' | 'closures'

/** A view of a spec, run once; headless unless `shown` says otherwise. Random numbers start from `seed`. */
export async function runView(
  spec: Readonly<Record<string, unknown>>,
  loader: Loader,
  seed: number,
  shown: Shown = HEADLESS,
  evaluator: Evaluator = 'generated',
): Promise<Complaints & { readonly view: View }> {
  const errors: string[] = []
  const unread: string[] = []
  seedRandom(seed)
  const closures = evaluator === 'closures'
  const runtime = parse(structuredClone(spec) as Spec, undefined, { ast: closures })
  const view = new View(runtime, {
    ...shown,
    ...(closures ? { expr: expressionClosures } : {}),
    loader,
    logger: loggerOf(errors, unread),
  })
  await view.runAsync()
  return { view, errors, unread }
}

/** Vega's rows are shared with the view: they are read, never kept after `finalize`. */
export function snapshot(view: View, names: Names, boundsOf?: BoundsOf): Snapshot {
  const data = names.data.map((name): [string, readonly object[]] => [
    name,
    (view.data(name) as object[] | undefined) ?? [],
  ])
  const signals = names.signals.map((name): [string, unknown] => [name, view.signal(name) as unknown])
  return {
    data: Object.fromEntries(data),
    signals: Object.fromEntries(signals),
    scene: sceneOf(view, boundsOf),
    inside: names.inside,
  }
}
