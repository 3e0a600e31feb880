/** Gives names that occur nowhere in a spec: `wish`, or `wish_2`, `wish_3`, … */
export const freshNames = (taken: ReadonlySet<string>): ((wish: string) => string) => {
  const used = new Set(taken)
  return (wish) => {
    const stem = wish.replace(/[^\p{ID_Continue}$]/gu, '_').replace(/^(?![\p{ID_Start}$_])/u, '_')
    let name = stem
    for (let n = 2; used.has(name); ++n) name = `${stem}_${n}`
    used.add(name)
    return name
  }
}
