import { decodeCell, NULL_KEY, type Scalar, TYPE_KEY } from '@magpie-vega/protocol'
import { tableFromIPC } from 'apache-arrow'

type Row = Record<string, Scalar>

const READ: Readonly<Record<string, (value: unknown) => Scalar>> = {
  number: (value) => value as number,
  string: (value) => value as string,
  boolean: (value) => value as boolean,
  date: (value) => new Date(value as number),
  json: (value) => decodeCell(value as string),
}

/** The rows that a table's bytes stand for, read without the code that wrote them. */
export const decodeTable = (bytes: Uint8Array): readonly Row[] => {
  const table = tableFromIPC(bytes)
  const rows = Array.from({ length: table.numRows }, (): Row => ({}))
  table.schema.fields.forEach((field, index) => {
    const column = table.getChildAt(index)
    const read = READ[field.metadata.get(TYPE_KEY) ?? '']
    if (read === undefined) throw new Error(`field ${field.name} has no type`)
    rows.forEach((row, at) => {
      const value: unknown = column?.get(at)
      if (value !== null) row[field.name] = read(value)
      else if (field.metadata.get(NULL_KEY) !== 'absent')
        row[field.name] = field.metadata.get(NULL_KEY) === 'null' ? null : undefined
    })
  })
  return rows
}
