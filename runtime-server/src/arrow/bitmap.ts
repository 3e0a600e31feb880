/** Validity bitmaps as Arrow and DuckDB write them: one bit per row, least significant first, 1 for a value. */
export const bitmapBytes = (rows: number): number => (rows + 7) >> 3

export const isSet = (bitmap: Uint8Array | undefined, row: number): boolean =>
  bitmap === undefined || (((bitmap[row >> 3] ?? 0) >> (row & 7)) & 1) === 1

/** A bitmap with a bit per row that `valid` says yes to; undefined when it does so for all of them. */
export const bitmapOf = (rows: number, valid: (row: number) => boolean): Uint8Array | undefined => {
  const bitmap = new Uint8Array(bitmapBytes(rows))
  let invalid = 0
  for (let row = 0; row < rows; row++) {
    if (valid(row)) bitmap[row >> 3] = (bitmap[row >> 3] ?? 0) | (1 << (row & 7))
    else invalid++
  }
  return invalid === 0 ? undefined : bitmap
}

/** How many bits of a byte are set. */
const BITS = Uint8Array.from({ length: 256 }, (_, byte) => byte.toString(2).replaceAll('0', '').length)

export const countUnset = (bitmap: Uint8Array | undefined, rows: number): number => {
  if (bitmap === undefined) return 0
  let set = 0
  for (let at = 0; at < rows >> 3; at++) set += BITS[bitmap[at] ?? 0] ?? 0
  for (let row = rows & ~7; row < rows; row++) if (isSet(bitmap, row)) set++
  return rows - set
}
