type Columns = 'all' | readonly string[]

/** Remembers with which columns data sets were read, so that who needs fewer of them shares what is there. */
export interface Loads {
  /** Columns to read the data set with: those of an earlier reading that has them all, or the ones asked for. */
  covering(fingerprint: string, columns: Columns): Columns
  /** The data set was read with these columns. */
  remember(fingerprint: string, columns: Columns): void
}

const covers = (loaded: Columns, columns: Columns): boolean =>
  loaded === 'all' || (columns !== 'all' && columns.every((name) => loaded.includes(name)))

/** Remembers the data sets read last, up to `limit`. */
export const createLoads = (limit: number): Loads => {
  const known = new Map<string, readonly Columns[]>()
  return {
    covering: (fingerprint, columns) => known.get(fingerprint)?.find((loaded) => covers(loaded, columns)) ?? columns,
    remember: (fingerprint, columns) => {
      const others = known.get(fingerprint)?.filter((loaded) => !covers(columns, loaded)) ?? []
      known.delete(fingerprint)
      known.set(fingerprint, [columns, ...others])
      const [oldest] = known.keys()
      if (known.size > limit && oldest !== undefined) known.delete(oldest)
    },
  }
}
