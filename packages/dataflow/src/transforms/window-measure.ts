import type { Column } from '../columns.ts'
import { reason, type Reason } from '../reason.ts'
import { compileMeasure, type CompiledMeasure, type Measure } from './measures.ts'
import { addsInAnyOrder } from './row-order.ts'
import type { Build } from './transform.ts'
import type { Windows } from './window-frame.ts'

/**
 * A measure over the frames of a window. Where frames leave rows behind, Vega subtracts them again, so that sums drift by
 * what rounding left, and an infinity spoils whatever comes after it: these are left to Vega.
 */
export const windowMeasure = (measure: Measure, windows: Windows, build: Build): CompiledMeasure | Reason => {
  const { input, frame, position, sliding } = windows
  const field = measure.field?.column
  const exact =
    !sliding ||
    field === undefined ||
    COUNTS.has(measure.op) ||
    isExactExtreme(measure.op, field) ||
    // Integers leave nothing behind.
    (measure.op === 'sum' && addsInAnyOrder(field, input))
  return exact
    ? compileMeasure(measure, { input, build, over: frame, order: position })
    : reason('the operation drifts when frames slide', measure.op)
}

const COUNTS: ReadonlySet<string> = new Set(['count', 'valid', 'missing', 'distinct'])

/** Vega looks at the rows of the frame again, but for the empty text and invalid Dates in its own way. */
const isExactExtreme = (op: string, { type, nans }: Column): boolean =>
  (op === 'min' || op === 'max') && (type === 'number' || type === 'boolean' || (type === 'date' && nans === false))
