import { createHash } from 'node:crypto'
import type { Bindings, Scalar, Task, TaskGraph, TaskId } from '@magpie-vega/protocol'
import { write } from './canonical.ts'

/** Changes with the canonical encoding, and with the meaning of what the cache holds. */
export const FINGERPRINT_VERSION = 1

export interface FingerprintContext {
  readonly roots: ReadonlyMap<TaskId, Scalar>
  /** What a source outside the graph looked like when asked, such as a modification time or an ETag. */
  readonly sourceVersions: ReadonlyMap<TaskId, string>
  readonly timeZone: string
  /** Version of the service: its next version may compute differently. */
  readonly version: string
}

/**
 * The fingerprint of every task, by its index: SHA-256 (hexadecimal) of the task's own parameters, the fingerprints of its
 * inputs, its source's version, the time zone and the version. Tasks with equal fingerprints have equal values, in whatever
 * graph, at whatever place. Those in `kept` are taken as they are.
 */
export function fingerprints(
  graph: TaskGraph,
  context: FingerprintContext,
  kept: readonly (string | undefined)[] = [],
): readonly string[] {
  const known: string[] = []
  const { timeZone, version } = context
  graph.tasks.forEach((task, index) => {
    const print = (): string =>
      digest([FINGERPRINT_VERSION, version, timeZone, meaning(task, index as TaskId, known, context)])
    known.push(kept[index] ?? print())
  })
  return known
}

/** SHA-256 of the canonical bytes of a value, in hexadecimal. */
export function digest(value: unknown): string {
  const hash = createHash('sha256')
  write(value, (chunk) => hash.update(chunk))
  return hash.digest('hex')
}

function meaning(task: Task, id: TaskId, known: readonly string[], context: FingerprintContext): readonly unknown[] {
  switch (task.kind) {
    case 'root':
      return ['root', task.type, context.roots.has(id), context.roots.get(id)]
    case 'source':
      return [
        'source',
        task.from.kind === 'url-of' ? { kind: 'url-of', url: known[task.from.task] } : task.from,
        task.format,
        context.sourceVersions.get(id),
      ]
    case 'transform':
      return [
        'transform',
        task.definition,
        task.input === undefined ? undefined : known[task.input],
        ...bound(task, known),
      ]
    case 'output':
      return ['output', known[task.transform]]
    case 'expression':
      return ['expression', task.expression, ...bound(task, known)]
    case 'union':
      return ['union', task.inputs.map((input) => known[input])]
  }
}

const bound = ({ signals, data, scales, projections }: Bindings, known: readonly string[]): readonly unknown[] => [
  ...[signals, data].map((names) => Object.fromEntries(Object.entries(names).map(([name, id]) => [name, known[id]]))),
  ...(scales === undefined && projections === undefined ? [] : [scales, projections]),
]
