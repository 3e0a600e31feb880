import { createHash } from 'node:crypto'
import { Field, makeData, RecordBatch, RecordBatchStreamWriter, Schema, Struct, vectorFromArray } from 'apache-arrow'
import type { ArrowColumn } from './arrow-column.ts'

/** An Arrow IPC stream, and its name. */
export interface ArrowTable {
  readonly bytes: Uint8Array
  readonly sha256: string
}

/** Writes columns as one batch. */
export function arrowTable(columns: ReadonlyMap<string, ArrowColumn>, rows: number): ArrowTable {
  const fields = [...columns].map(([name, { type }]) => new Field(name, type, true))
  const schema = new Schema(fields)
  const writer = new RecordBatchStreamWriter()
  const children = [...columns.values()].flatMap(({ type, written }) => vectorFromArray(written, type).data.slice(0, 1))
  writer.write(new RecordBatch(schema, makeData({ type: new Struct(fields), children, length: rows })))
  writer.close()
  const bytes = writer.toUint8Array(true)
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex') }
}
