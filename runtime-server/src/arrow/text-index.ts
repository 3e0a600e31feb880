/** Gives every distinct text a code, in the order of their first appearance. */
export interface TextIndex {
  /** Code of the UTF-8 text at `start` up to `end`. */
  addBytes(bytes: Buffer, start: number, end: number): number
  add(text: string): number
  dictionary(): readonly string[]
}

/** Texts up to this many bytes have a number that is theirs alone, which saves decoding them again. */
const SHORT = 6

export const createTextIndex = (): TextIndex => {
  const codes = new Map<string, number>()
  const short = new Map<number, number>()

  const add = (text: string): number => {
    const known = codes.get(text)
    if (known !== undefined) return known
    codes.set(text, codes.size)
    return codes.size - 1
  }

  return {
    add,
    addBytes: (bytes, start, end) => {
      if (end - start > SHORT) return add(bytes.toString('utf8', start, end))
      let key = end - start
      for (let at = start; at < end; at++) key = key * 256 + (bytes[at] ?? 0)
      const known = short.get(key)
      if (known !== undefined) return known
      const code = add(bytes.toString('utf8', start, end))
      short.set(key, code)
      return code
    },
    dictionary: () => [...codes.keys()],
  }
}
