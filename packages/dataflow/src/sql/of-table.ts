import type { Query } from './ast.ts'

/**
 * Is it a select from a table and nothing else? For a table that an engine keeps it is one object for as long as there is the table:
 * what follows from it may be kept, too, while all that is wrapped around it comes and goes.
 */
export const isOfTable = (node: object): boolean => {
  const { kind, from } = node as Partial<Extract<Query, { kind: 'select' }>>
  return kind === 'select' && from?.kind === 'table'
}
