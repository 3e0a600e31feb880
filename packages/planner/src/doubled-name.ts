import type { Model } from './model.ts'

/** A name that two data sets, or two signals, of one scope have. Vega refuses such a spec, and only the whole one. */
export const doubledName = ({ data, signals }: Model): string | undefined => {
  const own = signals.filter(({ kind }) => kind !== 'implicit')
  return doubled(data) ?? doubled(own)
}

const doubled = (list: readonly { readonly scope: number; readonly name: string }[]): string | undefined => {
  const seen = new Set<string>()
  return list.find(({ scope, name }) => {
    const key = `${scope} ${name}`
    if (seen.has(key)) return true
    seen.add(key)
    return false
  })?.name
}
