import duckdb from '@duckdb/node-bindings'
import { isSet } from '../../arrow/bitmap.ts'
import type { Cells } from '../../arrow/table.ts'
import { createTextIndex } from '../../arrow/text-index.ts'
import { inTurns } from '../../turns.ts'
import { CHUNKS_PER_TURN, type Slice } from './result-slices.ts'
import { INLINE_BYTES, SLOT_BYTES } from './string-slots.ts'

/** Chunks of texts that are read between two pauses for the event loop. */
const TEXTS_PER_TURN = 4

type TakeBytes = (row: number, bytes: Buffer, start: number, end: number) => void

/** Calls `take` with the UTF-8 bytes of every valid slot. */
const eachText = (slices: readonly Slice[], valid: Uint8Array | undefined, take: TakeBytes): Promise<void> =>
  inTurns(slices, TEXTS_PER_TURN, ({ vector, from, rows }) => {
    const { buffer, byteOffset, byteLength } = duckdb.vector_get_data(vector, rows * SLOT_BYTES)
    const view = new DataView(buffer, byteOffset, byteLength)
    const slots = Buffer.from(buffer as ArrayBuffer, byteOffset, byteLength)
    for (let at = 0; at < rows; at++) {
      if (!isSet(valid, from + at)) continue
      const start = at * SLOT_BYTES
      const length = view.getUint32(start, true)
      if (length <= INLINE_BYTES) take(from + at, slots, start + 4, start + 4 + length)
      else {
        const text = duckdb.get_data_from_pointer(buffer as ArrayBuffer, byteOffset + start + 8, length)
        take(from + at, Buffer.from(text.buffer as ArrayBuffer, text.byteOffset, length), 0, length)
      }
    }
  })

type ReadTexts = (slices: readonly Slice[], total: number, valid: Uint8Array | undefined) => Promise<Cells>

/** Texts, each distinct one once. */
export const readStrings: ReadTexts = async (slices, total, valid) => {
  const codes = new Int32Array(total)
  const index = createTextIndex()
  await eachText(slices, valid, (row, bytes, start, end) => (codes[row] = index.addBytes(bytes, start, end)))
  return { type: 'string', codes, dictionary: index.dictionary() }
}

/** Texts that are seldom the same. */
export const readJson: ReadTexts = async (slices, total, valid) => {
  const values = new Array<string>(total).fill('')
  await eachText(slices, valid, (row, bytes, start, end) => (values[row] = bytes.toString('utf8', start, end)))
  return { type: 'json', values }
}

/** Texts by their places in a list, as SMALLINT. Of the list, what occurs is kept, in the order of its first appearance. */
export const readPlaces = async (
  slices: readonly Slice[],
  total: number,
  valid: Uint8Array | undefined,
  texts: readonly string[],
): Promise<Cells> => {
  const codes = new Int32Array(total)
  const dictionary: string[] = []
  const known = new Int32Array(texts.length).fill(-1)
  await inTurns(slices, CHUNKS_PER_TURN, ({ vector, from, rows }) => {
    const { buffer, byteOffset } = duckdb.vector_get_data(vector, rows * Int16Array.BYTES_PER_ELEMENT)
    const places = new Int16Array(buffer, byteOffset, rows)
    for (let at = 0; at < rows; at++) {
      if (!isSet(valid, from + at)) continue
      const place = places[at] ?? 0
      let code = known[place] ?? 0
      if (code < 0) {
        code = known[place] = dictionary.length
        dictionary.push(texts[place] ?? '')
      }
      codes[from + at] = code
    }
  })
  return { type: 'string', codes, dictionary }
}
