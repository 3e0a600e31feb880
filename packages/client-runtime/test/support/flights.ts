/** The name of the table in tests that do not upload it. */
export const HASH = 'ab'.repeat(32)
export const TABLE = `magpie+table://${HASH}`

/** Rows of a small table, the same at each call. */
export const flights = (count: number): Record<string, number | string | null>[] =>
  Array.from({ length: count }, (_, index) => ({
    distance: (index * 137) % 2400,
    delay: ((index * 53) % 180) - 60,
    hour: (index * 7) % 24,
    carrier: ['AA', 'DL', 'UA', 'WN'][index % 4] ?? null,
  }))
