/** The part of Vega's logger interface that a View calls. */
export interface DataflowLogger {
  level(): number
  level(level: number): this
  error(...args: readonly unknown[]): this
  warn(...args: readonly unknown[]): this
  info(...args: readonly unknown[]): this
  debug(...args: readonly unknown[]): this
}

const text = (args: readonly unknown[]): string =>
  args
    .map((arg) => (arg instanceof Error ? arg.message : typeof arg === 'string' ? arg : JSON.stringify(arg)))
    .join(' ')

/**
 * A logger for a View. Vega resolves `runAsync` even when its dataflow throws; only the logger hears of it.
 *
 * @param onError one sentence per dataflow error
 * @param onWarning one sentence per warning; default: nothing
 */
export const dataflowLogger = (
  onError: (message: string) => void,
  onWarning: (message: string) => void = () => undefined,
): DataflowLogger => {
  let current = 2
  function level(): number
  function level(level: number): DataflowLogger
  function level(next?: number): number | DataflowLogger {
    if (next === undefined) return current
    current = next
    return logger
  }
  const logger: DataflowLogger = {
    level: level as DataflowLogger['level'],
    error: (...args) => (onError(text(args)), logger),
    warn: (...args) => (onWarning(text(args)), logger),
    info: () => logger,
    debug: () => logger,
  }
  return logger
}
