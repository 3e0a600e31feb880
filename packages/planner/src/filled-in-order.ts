import { gainsValues } from './frames.ts'
import type { Model, Resolved } from './model.ts'

/**
 * The name of a scale whose domain is what is looked up in it, in the order in which Vega happens to draw; undefined: the order
 * is that of the spec, or there is no such scale. A signal or projection that follows rows is moved behind them, with all that
 * follows it; where the server has the rows, nothing moves.
 */
export const filledInOrder = ({ frames, signals }: Model): string | undefined => {
  const scale = frames.find(({ kind, definition }) => kind === 'scale' && gainsValues(definition))
  if (scale === undefined) return undefined
  const followsRows = ({ reads }: { readonly reads: Resolved }): boolean =>
    reads.data.size + reads.frames.size > 0 ||
    [...reads.signals.values()].some((id) => id !== undefined && signals[id]?.kind === 'output')
  const projections = frames.filter(({ kind }) => kind === 'projection')
  return [...signals, ...projections].some(followsRows) ? scale.name : undefined
}
