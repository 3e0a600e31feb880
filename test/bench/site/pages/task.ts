import type { View } from 'vega'

type Json = Readonly<Record<string, unknown>>

/** What a page that is opened has to do: draw a chart, then follow a brush. */
export interface Task {
  readonly spec: Json
  readonly grants: readonly string[]
  /** The rows of the brush's store. */
  readonly store: readonly object[]
  /** The data sets that follow the brush. */
  readonly data: readonly string[]
}

/** Milliseconds since the navigation began, and the rows that the brushed chart shows. */
export interface Opened {
  readonly drawn: number
  readonly answered: number
  readonly rows: Readonly<Record<string, readonly Json[]>>
}

declare global {
  interface Window {
    opened: Opened | undefined
  }
}

export const task = (): Task => JSON.parse(document.getElementById('task')?.textContent ?? '') as Task

const textOf = (view: View, name: string): string => JSON.stringify(view.data(name))

/** Brushes the chart that has just been drawn; keeps for the bench when every data set had followed. */
export const followBrush = async (view: View, { store, data }: Task): Promise<void> => {
  const drawn = performance.now()
  const before = new Map(data.map((name) => [name, textOf(view, name)]))
  const waiting = new Set(data)
  const answered = new Promise<number>((resolve) => {
    for (const name of data)
      view.addDataListener(name, () => {
        if (textOf(view, name) !== before.get(name)) waiting.delete(name)
        if (waiting.size === 0) resolve(performance.now())
      })
  })
  view.data('brush_store', structuredClone(store) as object[])
  await view.runAsync()
  const rows = (name: string): Json[] => (view.data(name) as Json[]).map((row) => ({ ...row }))
  const at = await answered
  window.opened = { drawn, answered: at, rows: Object.fromEntries(data.map((name) => [name, rows(name)])) }
}
