/** What a server value depends on. */
export interface Dependence {
  /** On no root: it never changes. */
  readonly fixed: boolean
  /** Every root that it depends on has a known initial value. */
  readonly known: boolean
  /** On server-side data, or on what a server transform writes. */
  readonly derived: boolean
}

export const NOTHING: Dependence = { fixed: true, known: true, derived: false }

export const both = (a: Dependence, b: Dependence): Dependence => ({
  fixed: a.fixed && b.fixed,
  known: a.known && b.known,
  derived: a.derived || b.derived,
})
