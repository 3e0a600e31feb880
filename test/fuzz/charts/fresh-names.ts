/** Gives names that begin so, each once. */
export function freshNames(start: string): () => string {
  let count = 0
  return () => `${start}${(count += 1)}`
}
