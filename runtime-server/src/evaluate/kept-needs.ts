import { recent } from '@magpie-vega/dataflow'
import type { Scalar, TaskGraph, TaskId, Wanted } from '@magpie-vega/protocol'
import { storeFields } from './fields-read.ts'
import { type Needs, needsOf } from './needs.ts'

/** How many questions are remembered of a graph. */
const QUESTIONS = 16

/** All that the fields read depend on of the values of roots: which fields the rows of selections test. */
const testedFields = (rows: readonly Scalar[]): 'all' | readonly string[] => {
  const fields = storeFields(rows)
  return fields === 'all' ? 'all' : [...fields].sort()
}

/** `needsOf`, with the same answer (the same object, too) for the same question about a graph that was seen before. */
export const createNeeds = (): typeof needsOf => {
  const graphs = new WeakMap<TaskGraph, ReturnType<typeof recent<Needs>>>()
  const questionsOf = (graph: TaskGraph): ReturnType<typeof recent<Needs>> => {
    const known = graphs.get(graph) ?? recent<Needs>(QUESTIONS)
    graphs.set(graph, known)
    return known
  }
  return (graph, roots, wanted) => questionsOf(graph)(questionKey(roots, wanted), () => needsOf(graph, roots, wanted))
}

const questionKey = (roots: ReadonlyMap<TaskId, Scalar>, wanted: readonly Wanted[]): string =>
  JSON.stringify([
    wanted.map(({ task, columns }) => [task, columns]),
    [...roots].flatMap(([id, value]) => (Array.isArray(value) ? [[id, testedFields(value as readonly Scalar[])]] : [])),
  ])
