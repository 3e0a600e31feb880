import { compileTransform, type Relation } from '@magpie-vega/dataflow'

/** A relation after transforms that SQL does. Throws where it does not do one of them. */
export const transformed = (start: Relation, ...definitions: readonly { readonly type: string }[]): Relation => {
  let count = 0
  const build = { signals: {}, data: {}, relations: {}, timeZone: 'UTC', fresh: () => `x${++count}` }
  return definitions.reduce((relation, definition) => {
    const compiled = compileTransform(definition, relation, build)
    if (!('relation' in compiled)) throw new Error(`${definition.type} has no SQL: ${JSON.stringify(compiled)}`)
    return compiled.relation
  }, start)
}
