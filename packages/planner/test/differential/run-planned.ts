import type { Scalar, TaskId } from '@magpie-vega/protocol'
import * as vega from 'vega'
import type { Plan, VegaSpec } from '../../src/index.ts'
import { evaluateGraph } from './evaluate-graph.ts'
import { LOADER } from './loader.ts'

/** A view of a spec, drawn without a plan. */
export const runPlain = async (spec: VegaSpec): Promise<vega.View> => {
  const view = viewOf(structuredClone(spec))
  await view.runAsync()
  return view
}

/** A view of a plan's client spec, filled with the values of its task graph until the roots stand still. */
export const runPlanned = async (plan: Plan): Promise<vega.View> => {
  const view = viewOf(structuredClone(plan.client))
  let roots: ReadonlyMap<TaskId, Scalar> = new Map(
    plan.toServer.map((root) => [root.task, structuredClone(root.initial?.value)]),
  )
  const isUnknown = (i: number): boolean => plan.toServer[i]?.initial === undefined
  const late = plan.toServer.some((_, i) => isUnknown(i))
  if (late) {
    // What depends on no unknown root is there before the view runs for the first time.
    await fill(view, plan, roots, (value) => !value.dependsOn.some(isUnknown))
    await view.runAsync()
    roots = rootsOf(plan, view)
  }
  for (let round = 0; round < 8; ++round) {
    await fill(view, plan, roots, () => true)
    // Vega lays out `fit` once; rows that come after the first run need it again.
    await (late ? view.resize() : view).runAsync()
    const next = rootsOf(plan, view)
    if (text([...next]) === text([...roots])) return view
    roots = next
  }
  throw new Error('the roots do not stand still')
}

const fill = async (
  view: vega.View,
  plan: Plan,
  roots: ReadonlyMap<TaskId, Scalar>,
  wants: (value: Plan['toClient'][number]) => boolean,
): Promise<void> => {
  const wanted = plan.toClient.filter(wants)
  const values = await evaluateGraph(plan.graph, roots, new Set(wanted.map((value) => value.wanted.task)))
  for (const {
    kind,
    name,
    wanted: { task, columns },
    identity,
  } of wanted) {
    const value = values.get(task)
    if (value === undefined) throw new Error(`no value for ${name}`)
    if (kind === 'signal' && 'scalar' in value) view.signal(name, value.scalar as vega.SignalValue)
    else if (kind === 'data' && 'rows' in value)
      view.data(
        name,
        value.rows.map((row) => without(project(row, columns), identity?.hidden ?? [])),
      )
    else throw new Error(`${name} is not a ${kind}`)
  }
}

const without = (row: object, hidden: readonly string[]): object =>
  Object.fromEntries(Object.entries(row).filter(([name]) => !hidden.includes(name)))

const viewOf = (spec: VegaSpec): vega.View =>
  new vega.View(vega.parse(spec as vega.Spec), { renderer: 'none', loader: LOADER, logLevel: vega.Error })

const rootsOf = (plan: Plan, view: vega.View): ReadonlyMap<TaskId, Scalar> =>
  new Map(
    plan.toServer.map(({ task, kind, name }) => [
      task,
      (kind === 'signal'
        ? view.signal(name)
        : view.data(name).map((row: object) => Object.fromEntries(Object.entries(row)))) as Scalar,
    ]),
  )

const project = (row: object, columns: 'all' | readonly string[]): object => {
  if (columns === 'all') return Object.fromEntries(Object.entries(row))
  const wanted = new Set(columns)
  return Object.fromEntries(Object.entries(row).filter(([name]) => wanted.has(name)))
}

/** JSON in which NaN, the infinities, undefined and dates are told apart. */
export const text = (value: unknown): string =>
  JSON.stringify(value, function (this: Record<string, unknown>, key: string, item: unknown) {
    const raw = this[key]
    if (raw instanceof Date) return `date:${+raw}`
    if (typeof raw === 'number' && !Number.isFinite(raw)) return `number:${raw}`
    if (raw instanceof Map) return [...raw]
    return raw === undefined ? 'undefined:' : item
  })
