import { closeSync, openSync, writeSync } from 'node:fs'
import type { DuckDBConnection } from '@duckdb/node-api'
import {
  Dictionary,
  Field,
  Float64,
  Int32,
  makeData,
  RecordBatch,
  RecordBatchStreamWriter,
  Schema,
  Struct,
  TimestampMillisecond,
  Utf8,
  vectorFromArray,
} from 'apache-arrow'
import type { Data, Vector } from 'apache-arrow'

const BATCH = 131_072
const EPOCH = "'1970-01-01'::timestamp"

const textsOf = async (connection: DuckDBConnection, parquet: string, column: string): Promise<readonly string[]> => {
  const sql = `select distinct ${column} as text from read_parquet('${parquet}') where ${column} is not null order by 1`
  return (await connection.runAndReadAll(sql)).getRowObjects().map((row) => String(row['text']))
}

const bitmapOf = (values: readonly unknown[]): { readonly bitmap: Uint8Array; readonly nulls: number } => {
  const bitmap = new Uint8Array(Math.ceil(values.length / 64) * 8)
  let nulls = 0
  values.forEach((value, at) => {
    if (value === null) nulls += 1
    else bitmap[at >> 3] = (bitmap[at >> 3] ?? 0) | (1 << (at & 7))
  })
  return { bitmap, nulls }
}

const NUMBERS = Object.freeze({ delay: new Float64(), distance: new Int32() })

const numbers = (type: Float64 | Int32, values: readonly (number | null)[]): Data => {
  const { bitmap, nulls } = bitmapOf(values)
  const filled = values.map((value) => value ?? 0)
  return type instanceof Int32
    ? makeData({ type, data: Int32Array.from(filled), nullBitmap: bitmap, nullCount: nulls, length: values.length })
    : makeData({ type, data: Float64Array.from(filled), nullBitmap: bitmap, nullCount: nulls, length: values.length })
}

/** Writes a Parquet file of flights as an Arrow IPC stream, texts as dictionaries, as the Python client sends them. */
export async function writeArrow(connection: DuckDBConnection, parquet: string, file: string): Promise<void> {
  const time = new TimestampMillisecond('UTC')
  const texts = await Promise.all(['airline', 'origin'].map((column) => textsOf(connection, parquet, column)))
  const dictionaries = texts.map((list, id) => ({
    type: new Dictionary(new Utf8(), new Int32(), id + 1),
    vector: vectorFromArray(list, new Utf8()) as Vector<Utf8>,
  }))
  const schema = new Schema([
    new Field('delay', NUMBERS.delay, true),
    new Field('distance', NUMBERS.distance, true),
    new Field('time', time, true),
    ...dictionaries.map(({ type }, index) => new Field(index === 0 ? 'airline' : 'origin', type, true)),
  ])
  const list = (index: number): string => `[${(texts[index] ?? []).map((text) => `'${text}'`).join(', ')}]`
  const result = await connection.stream(
    `select delay, distance, epoch_ms(time - ${EPOCH} + ${EPOCH})::double as time,
      list_position(${list(0)}, airline)::integer - 1 as airline, list_position(${list(1)}, origin)::integer - 1 as origin
    from read_parquet('${parquet}')`,
  )
  const writer = new RecordBatchStreamWriter()
  const out = openSync(file, 'w')
  const drain = async (): Promise<void> => {
    for await (const chunk of writer) writeSync(out, chunk)
  }
  const drained = drain()
  const batchOf = (columns: readonly (readonly (number | null)[])[]): RecordBatch => {
    const [delay = [], distance = [], times = [], ...codes] = columns
    const { bitmap, nulls } = bitmapOf(times)
    const stamps = BigInt64Array.from(times.map((value) => BigInt(value ?? 0)))
    const children: Data[] = [
      numbers(NUMBERS.delay, delay),
      numbers(NUMBERS.distance, distance),
      makeData({ type: time, data: stamps, nullBitmap: bitmap, nullCount: nulls, length: times.length }),
      ...dictionaries.map(({ type, vector }, index) => {
        const indices = numbers(new Int32(), codes[index] ?? []) as Data<Int32>
        return makeData({
          type,
          data: indices.values,
          nullBitmap: indices.nullBitmap,
          nullCount: indices.nullCount,
          length: indices.length,
          dictionary: vector,
        })
      }),
    ]
    return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), children, length: delay.length }))
  }
  let rows: (number | null)[][] = [[], [], [], [], []]
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    rows.forEach((values, index) => {
      const vector = chunk?.getColumnVector(index)
      const count = chunk?.rowCount ?? 0
      for (let at = 0; at < count; at += 1) values.push((vector?.getItem(at) ?? null) as number | null)
    })
    if ((rows[0]?.length ?? 0) >= BATCH) {
      writer.write(batchOf(rows))
      rows = rows.map(() => [])
    }
  }
  if ((rows[0]?.length ?? 0) > 0) writer.write(batchOf(rows))
  writer.close()
  await drained
  closeSync(out)
}
