// The only file that touches a Vega View. Checked on vega 6.4.0 (vega-view 6.2.0, vega-dataflow 6.1.0).
import type { Plan, ToServer } from '@magpie-vega/planner'
import type { Scalar } from '@magpie-vega/protocol'
import type { View } from 'vega'
import { keptRows } from './kept-rows.ts'
import type { KeptRows } from './kept-rows.ts'
import { snapshot } from './snapshot.ts'
import type { Update } from './update.ts'

/** The value of a root in a View as it is now. Throws `unsupported` when it cannot be sent. */
const rootValue = (view: View, { kind, name }: ToServer): Scalar => {
  if (kind === 'signal') return snapshot(view.signal(name) as unknown, name)
  // a data set that never received rows holds no list
  return snapshot((view.data(name) as unknown[] | undefined) ?? [], name)
}

/** All root values of a View, in the order of `plan.toServer`. Throws `unsupported` when one cannot be sent. */
export const rootValues = (view: View, plan: Plan): readonly Scalar[] =>
  plan.toServer.map((root) => rootValue(view, root))

// the typings leave out the documented parameters
interface Evaluating {
  runAsync(encode: undefined, prerun: () => void): Promise<unknown>
}

/** A View whose roots are watched and that values can be put into. */
export interface ViewBinding {
  /**
   * Puts values into the View, in one evaluation. Dataflow errors go to the View's logger.
   *
   * @param refit lay the chart out anew: with `autosize: fit` Vega keeps the layout that it found for the values before
   */
  apply(updates: readonly Update[], refit?: boolean): Promise<void>
  /** Stops watching. The View stays. */
  dispose(): void
}

/**
 * Watches a View's roots.
 *
 * @param given the values that the View was made with
 * @param onRoot called after an evaluation that touched a root, with its index in `plan.toServer` and its value now, which may
 *   equal the one before
 * @param onError a root value that cannot be sent
 */
export const bindView = (
  view: View,
  plan: Plan,
  given: readonly Update[],
  onRoot: (root: number, value: Scalar) => void,
  onError: (error: unknown) => void,
): ViewBinding => {
  const evaluating: Evaluating = view
  const kept = new Map<string, KeptRows>()
  const touched = new Set<number>()
  let disposed = false

  for (const update of given) if (update.kind === 'data') kept.set(update.name, keptRows(view, update.name, update))
  const rowsOf = (name: string): KeptRows => {
    const rows = kept.get(name) ?? keptRows(view, name, undefined)
    kept.set(name, rows)
    return rows
  }

  const report = (): void => {
    const roots = [...touched]
    touched.clear()
    if (disposed) return
    for (const index of roots) {
      const root = plan.toServer[index]
      if (root === undefined) continue
      try {
        onRoot(index, rootValue(view, root))
      } catch (error) {
        onError(error)
      }
    }
  }

  const listeners = plan.toServer.map((root, index) => {
    // a listener runs in the middle of an evaluation: the other roots are read once it is over
    const listener = (): void => {
      if (touched.size === 0) view.runAfter(report)
      touched.add(index)
    }
    if (root.kind === 'signal') view.addSignalListener(root.name, listener)
    else view.addDataListener(root.name, listener)
    return { root, listener }
  })

  return {
    apply: async (updates, refit = false) => {
      if (disposed) return
      if (refit) view.resize()
      await evaluating.runAsync(undefined, () => {
        if (disposed) return
        for (const update of updates) {
          if (update.kind === 'data') rowsOf(update.name).put(update)
          else view.signal(update.name, update.value)
        }
      })
    },
    dispose: () => {
      disposed = true
      for (const { root, listener } of listeners) {
        if (root.kind === 'signal') view.removeSignalListener(root.name, listener)
        else view.removeDataListener(root.name, listener)
      }
    },
  }
}
