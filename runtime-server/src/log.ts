/** Severities, least first. */
const SEVERITY = { debug: 0, info: 1, warn: 2, error: 3, off: 4 } as const

export type LogLevel = keyof typeof SEVERITY
export type Log = (level: Exclude<LogLevel, 'off'>, event: string, fields?: Readonly<Record<string, unknown>>) => void

/** One JSON line per event. `write` takes a line without its end. */
export function createLog(least: LogLevel, write: (line: string) => void, now: () => Date): Log {
  return (level, event, fields = {}) => {
    if (SEVERITY[level] < SEVERITY[least]) return
    write(JSON.stringify({ time: now().toISOString(), level, event, ...fields }))
  }
}
