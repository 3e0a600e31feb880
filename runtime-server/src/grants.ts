/** What the holder of a set of grants may read. */
export interface Access {
  table(sha256: string): boolean
  url(url: string): boolean
}
