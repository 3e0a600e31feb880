import { readdirSync, readFileSync } from 'node:fs'

/** Memory and processor time of a process and its children; zeros where the system does not tell. */
export interface ProcessUse {
  readonly residentMiB: number
  readonly cpuSeconds: number
}

const TICKS_PER_SECOND = 100

const statOf = (pid: number): readonly string[] => {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
  return text.slice(text.lastIndexOf(')') + 2).split(' ')
}

function family(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((other) => {
      try {
        return Number(statOf(other)[1]) === pid
      } catch {
        return false
      }
    })
  return [pid, ...children.flatMap(family)]
}

const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

const cpuOf = (pid: number): number => {
  const stat = statOf(pid)
  return (Number(stat[11]) + Number(stat[12])) / TICKS_PER_SECOND
}

/** Read from /proc; elsewhere nothing is known. */
export function processUse(pid: number): ProcessUse {
  try {
    const all = family(pid)
    const sum = (of: (pid: number) => number) => all.reduce((total, one) => total + of(one), 0)
    return { residentMiB: sum(residentOf), cpuSeconds: sum(cpuOf) }
  } catch {
    return { residentMiB: 0, cpuSeconds: 0 }
  }
}
