import type { View } from 'vega'
import type { MagpieChartProps } from './props.ts'
import { readParams, readSelections } from './read-parameters.ts'
import type { SpecParameters } from './spec-parameters.ts'

/** Milliseconds of quiet before a report, unless the properties say otherwise. */
export const DEBOUNCE = 50

interface Reported {
  readonly report: () => void
  readonly cancel: () => void
}

/** Reports a value once it has been quiet for a while, and only when it differs from the last report. */
const debounced = <T>(read: () => T, last: unknown, wait: () => number, send: (value: T) => void): Reported => {
  let sent = JSON.stringify(last)
  let timer: ReturnType<typeof setTimeout> | undefined
  const report = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      const value = read()
      const text = JSON.stringify(value)
      if (text === sent) return
      sent = text
      send(value)
    }, wait())
  }
  return { report, cancel: () => clearTimeout(timer) }
}

/**
 * Reports selections and variable parameters of a View, now if there are any, and after each change. Returns what stops it.
 */
export const reportParameters = (
  view: View,
  parameters: SpecParameters,
  props: () => MagpieChartProps,
): (() => void) => {
  const wait = (): number => props().debounce ?? DEBOUNCE
  const none = Object.fromEntries(
    parameters.selections.map(({ name, type }) => [name, { type, value: type === 'interval' ? {} : [], store: [] }]),
  )
  const selections = debounced(
    () => readSelections(view, parameters),
    none,
    wait,
    (value) => props().onSelection?.(value),
  )
  const params = debounced(
    () => readParams(view, parameters),
    {},
    wait,
    (value) => props().onParams?.(value),
  )
  for (const { signal, store } of parameters.selections) {
    view.addSignalListener(signal, selections.report)
    if (store !== undefined) view.addDataListener(store, selections.report)
  }
  for (const { signal } of parameters.variables) view.addSignalListener(signal, params.report)
  selections.report()
  params.report()
  return () => {
    selections.cancel()
    params.cancel()
  }
}
