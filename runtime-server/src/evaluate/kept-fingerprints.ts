import type { TaskGraph, TaskId } from '@magpie-vega/protocol'
import { digest, type FingerprintContext, fingerprints } from '../fingerprint.ts'
import { recent } from '@magpie-vega/dataflow'
import { inputsOf } from './graph.ts'

interface Kept {
  /** Fingerprints of the tasks that no root reaches; undefined for the others. */
  readonly fixed: readonly (string | undefined)[]
  readonly byRoots: (key: string, make: () => readonly string[]) => readonly string[]
}

/** How many versions of sources and time zones are remembered of a graph, and how many values of roots of each. */
const VERSIONS = 4
const ROOTS = 32

/** By task: does a root reach it? Tasks only refer to earlier ones. */
const reached = ({ tasks }: TaskGraph): readonly boolean[] => {
  const found: boolean[] = []
  tasks.forEach((task) => found.push(task.kind === 'root' || inputsOf(task).some((input) => found[input] === true)))
  return found
}

const rootsKey = ({ tasks }: TaskGraph, { roots }: FingerprintContext): string =>
  digest(tasks.map((task, index) => (task.kind === 'root' ? rootValue(roots, index as TaskId) : 0)))

const rootValue = (roots: FingerprintContext['roots'], id: TaskId): readonly unknown[] => [roots.has(id), roots.get(id)]

const versionsKey = ({ sourceVersions, timeZone, version }: FingerprintContext): string =>
  JSON.stringify([version, timeZone, [...sourceVersions].sort(([left], [right]) => left - right)])

/** `fingerprints`, hashing of a graph that was seen before only what new values of roots reach. */
export const createFingerprints = (): typeof fingerprints => {
  const graphs = new WeakMap<TaskGraph, ReturnType<typeof recent<Kept>>>()
  const versionsOf = (graph: TaskGraph): ReturnType<typeof recent<Kept>> => {
    const known = graphs.get(graph) ?? recent<Kept>(VERSIONS)
    graphs.set(graph, known)
    return known
  }
  return (graph, context) => {
    const kept = versionsOf(graph)(versionsKey(context), () => {
      const dynamic = reached(graph)
      const all = fingerprints(graph, context)
      return { fixed: all.map((print, index) => (dynamic[index] === true ? undefined : print)), byRoots: recent(ROOTS) }
    })
    return kept.byRoots(rootsKey(graph, context), () => fingerprints(graph, context, kept.fixed))
  }
}
