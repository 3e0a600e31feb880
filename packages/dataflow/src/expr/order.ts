export type Relational = '<' | '<=' | '>' | '>='

const HOLDS: Readonly<Record<Relational, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

/** Does the comparison of two numbers hold? */
export const holds = (a: number, op: Relational, b: number): boolean => HOLDS[op](a, b)

const MIRRORED: Readonly<Record<Relational, Relational>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=' }

/** The comparison with its sides exchanged. */
export const mirrored = (op: Relational): Relational => MIRRORED[op]
