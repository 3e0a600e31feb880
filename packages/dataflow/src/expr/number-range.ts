/** How many numbers `sequence(start, stop, step)` has, by the arithmetic of d3's `range`. */
export const rangeCount = (start: number, stop: number, step: number): number =>
  Math.max(0, Math.ceil((stop - start) / step)) | 0

/** The greatest number of them that is written out. */
const MOST = 100_000

/** The numbers from `start` up to `stop`, without it. */
export const numberRange = (start: number, stop: number, step: number): readonly number[] => {
  const count = rangeCount(start, stop, step)
  if (count > MOST || count < 0) throw new Error('the sequence is too long to be written out')
  return Array.from({ length: count }, (_, index) => start + index * step)
}
