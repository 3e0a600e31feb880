import duckdb from '@duckdb/node-bindings'
import { inTurns } from '../../turns.ts'

/** Chunks of numbers that are read between two pauses for the event loop. */
export const CHUNKS_PER_TURN = 64

/** Rows of a result, and which one is their first. */
interface Chunk {
  readonly chunk: duckdb.DataChunk
  readonly from: number
  readonly rows: number
}

/** The part of a column that a chunk has. */
export interface Slice {
  readonly vector: duckdb.Vector
  readonly from: number
  readonly rows: number
}

/** The chunks of a materialised result, in order. */
export const chunksOf = async (result: duckdb.Result): Promise<readonly Chunk[]> => {
  const chunks: Chunk[] = []
  let from = 0
  await inTurns([...Array(duckdb.result_chunk_count(result)).keys()], CHUNKS_PER_TURN * 4, (index) => {
    const chunk = duckdb.result_get_chunk(result, index)
    const rows = duckdb.data_chunk_get_size(chunk)
    chunks.push({ chunk, from, rows })
    from += rows
  })
  return chunks
}

export const slicesOf = (chunks: readonly Chunk[], column: number): readonly Slice[] =>
  chunks.map(({ chunk, from, rows }) => ({ vector: duckdb.data_chunk_get_vector(chunk, column), from, rows }))
