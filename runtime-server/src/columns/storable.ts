import { arrowSchema } from '../arrow/arrow-slices.ts'
import { arrowValues } from '../arrow/arrow-values.ts'
import type { Cells } from '../arrow/table.ts'
import type { FileColumn } from './file-column.ts'

/** A column of an Arrow file whose values can lie in a file of columns. */
export interface Storable {
  readonly name: string
  readonly type: Cells['type']
  readonly wall: boolean
}

export interface ArrowColumns {
  readonly names: readonly string[]
  readonly storable: readonly Storable[]
}

const asIs = (wall: number): number => wall

/**
 * The columns of an Arrow IPC stream. Storable are those that mean the same in every zone, or whose meaning follows from a wall
 * time: not those of a type that no Vega value stands for, nor nested values that hold wall times.
 */
export const arrowColumns = async (file: string): Promise<ArrowColumns> => {
  const { fields } = await arrowSchema(file)
  return {
    names: fields.map(({ name }) => name),
    storable: fields.flatMap(({ name, type }) => {
      const values = arrowValues(type, asIs)
      if (values === undefined || (values.wall && values.type !== 'date')) return []
      return [{ name, type: values.type, wall: values.wall }]
    }),
  }
}

const DAY = 86_400_000
const MAX_TIME = 8.64e15

/** Is every wall time an instant in every zone? Those at the ends of time are not. */
export const isTimeEverywhere = ({ wall, nans, range }: FileColumn): boolean =>
  !wall || (nans !== true && (range === undefined || Math.max(-range.min, range.max) < MAX_TIME - 2 * DAY))
