import type { Plan, ToClient, ToServer } from '@magpie-vega/planner'
import type { Scalar } from '@magpie-vega/protocol'
import { sameValue } from './same-value.ts'

const shapeOf = (values: readonly (ToServer | ToClient)[]): Scalar => values.map(({ kind, name }) => ({ kind, name }))

/**
 * Can a View made for one plan go on under the other? Only what the service computes may differ, such as the table that it
 * reads; the client spec and the values that cross must be the same.
 */
export const sameShape = (a: Plan, b: Plan): boolean =>
  sameValue(a.client as Scalar, b.client as Scalar) &&
  sameValue(shapeOf(a.toServer), shapeOf(b.toServer)) &&
  sameValue(shapeOf(a.toClient), shapeOf(b.toClient))
