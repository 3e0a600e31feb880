/** DuckDB's `string_t`: 16 bytes; the length, then the text itself up to 12 bytes, else 4 bytes of it and a pointer. */
export const SLOT_BYTES = 16
export const INLINE_BYTES = 12

/** The texts of a dictionary as they are written into a vector. */
export interface StringSlots {
  /** 16 bytes per text; only texts that are short are complete. */
  readonly inline: Uint8Array
  /** Set for texts too long for their slot: each is handed over on its own. */
  readonly long: readonly (Uint8Array | undefined)[]
}

export const stringSlots = (dictionary: readonly string[]): StringSlots => {
  const encoder = new TextEncoder()
  const inline = new Uint8Array(dictionary.length * SLOT_BYTES)
  const view = new DataView(inline.buffer)
  const long = dictionary.map((text, index) => {
    const bytes = encoder.encode(text)
    if (bytes.length > INLINE_BYTES) return bytes
    view.setUint32(index * SLOT_BYTES, bytes.length, true)
    inline.set(bytes, index * SLOT_BYTES + 4)
    return undefined
  })
  return { inline, long }
}
