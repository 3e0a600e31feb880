/**
 * Loads a part of the program when it is first asked for. From then on it is at hand within the turn of whoever asks: an
 * `import()` takes turns of the page's event loop each time, and a picture of the unfinished page between them. A failure is
 * forgotten, so that the next one who asks tries again.
 */
export const loadOnce = <T>(load: () => Promise<T>): (() => Promise<T>) => {
  let loading: Promise<T> | undefined
  return () => {
    if (loading === undefined) {
      const started = load()
      loading = started
      started.catch(() => {
        loading = undefined
      })
    }
    return loading
  }
}
