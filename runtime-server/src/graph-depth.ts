import { MagpieError, type TaskGraph } from '@magpie-vega/protocol'
import { inputsOf } from './evaluate/graph.ts'

/** Tasks in a row, each of which reads the one before; charts have some tens. */
const DEEPEST = 500

/** Throws `bad-request` for a graph that is deeper than what follows from task to task may go. */
export function checkDepth({ tasks }: TaskGraph): void {
  const depths: number[] = []
  for (const [index, task] of tasks.entries()) {
    const depth = 1 + inputsOf(task).reduce((most, input) => Math.max(most, depths[input] ?? 0), 0)
    depths.push(depth)
    if (depth > DEEPEST)
      throw new MagpieError('bad-request', `More than ${DEEPEST} tasks of the graph read one another in a row`, {
        place: `/graph/tasks/${index}`,
      })
  }
}
