import type { Params, Selections } from '@magpie-vega/react'

type Name = 'selection' | 'params'

/** What the script wants to know, and what it takes for granted. */
interface Wish {
  readonly report: readonly string[] | 'all' | 'none'
  readonly params: Params
}

/** Sends what the script wants to know, and only when that has changed: each report runs the script. */
export interface Reporter {
  report<T extends Selections | Params>(wish: Wish, name: Name, values: T, send: (name: Name, values: T) => void): void
}

const isEmpty = (selection: unknown): boolean =>
  typeof selection === 'object' &&
  selection !== null &&
  'store' in selection &&
  Array.isArray(selection.store) &&
  selection.store.length === 0

export const newReporter = (): Reporter => {
  const sent = new Map<Name, string>()
  return {
    report: (wish, name, values, send) => {
      const { report, params } = wish
      const asked = (parameter: string): boolean => report === 'all' || report.includes(parameter)
      const chosen = Object.fromEntries(
        Object.entries(values).filter(([parameter]) => report !== 'none' && asked(parameter)),
      )
      const known = (parameter: string, value: unknown): boolean =>
        name === 'selection' ? isEmpty(value) : JSON.stringify(value) === JSON.stringify(params[parameter])
      const text = JSON.stringify(chosen)
      if (sent.get(name) === text) return
      if (!sent.has(name) && Object.entries(chosen).every(([parameter, value]) => known(parameter, value))) return
      sent.set(name, text)
      send(name, chosen as typeof values)
    },
  }
}
