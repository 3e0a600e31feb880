import duckdb from '@duckdb/node-bindings'
import { bitmapBytes, isSet } from '../../arrow/bitmap.ts'
import { inTurns } from '../../turns.ts'
import { CHUNKS_PER_TURN, type Slice } from './result-slices.ts'

const clear = (bitmap: Uint8Array, row: number): void => {
  bitmap[row >> 3] = (bitmap[row >> 3] ?? 0) & ~(1 << (row & 7))
}

const isWhole = (words: Uint8Array): boolean => {
  for (let at = 0; at < words.length; at++) if (words[at] !== 0xff) return false
  return true
}

/** Which rows of a column have a value, as a bitmap; undefined when all have. */
export const readValidity = async (slices: readonly Slice[], total: number): Promise<Uint8Array | undefined> => {
  let bitmap: Uint8Array | undefined
  await inTurns(slices, CHUNKS_PER_TURN, ({ vector, from, rows }) => {
    // DuckDB hands out whole 64-bit words; no validity at all means that every slot is valid.
    const words = duckdb.vector_get_validity(vector, Math.ceil(rows / 64) * 8) as Uint8Array | null
    if (words === null || isWhole(words)) return
    // Bytes go over whole where rows begin on one; what is left of them, bit by bit.
    const copied = from % 8 === 0 ? rows >> 3 : 0
    if (copied > 0 && !isWhole(words.subarray(0, copied))) {
      bitmap ??= new Uint8Array(bitmapBytes(total)).fill(0xff)
      bitmap.set(words.subarray(0, copied), from >> 3)
    }
    for (let at = copied * 8; at < rows; at++) {
      if (isSet(words, at)) continue
      bitmap ??= new Uint8Array(bitmapBytes(total)).fill(0xff)
      clear(bitmap, from + at)
    }
  })
  return bitmap
}
