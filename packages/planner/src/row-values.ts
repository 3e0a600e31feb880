import { mayGiveRows, parse, referencesOf, type Expr } from '@magpie-vega/dataflow'
import { accessPath } from './access-path.ts'
import { isObject, list, type JsonObject } from './json.ts'
import { measures } from './known-columns.ts'

/** Does something read the whole value of a field of this name, and not only a member of it? */
export type ReadsValue = (name: string) => boolean

/**
 * The fields that hold whole rows after some of the transforms, such as that of an `argmax`; undefined: any may. A row that is read
 * as a value has all its fields, those that nobody names included.
 */
export const rowFields = (steps: readonly unknown[]): readonly string[] | undefined => {
  const fields = steps.map((step, i) => {
    const made = isObject(step) ? madeBy(step) : []
    return made?.filter((name) => !isReplaced(name, steps.slice(i + 1)))
  })
  return fields.every((names) => names !== undefined) ? fields.flat() : undefined
}

const madeBy = (definition: JsonObject): readonly string[] | undefined => {
  if (!mayGiveRows(definition)) return []
  // a pivot names its columns after values
  if (mayGiveRows({ op: definition.op })) return undefined
  const names = measures(definition).filter((_, i) => mayGiveRows({ ops: [list(definition.ops)[i]] }))
  return names.every((name) => name !== undefined) ? names : undefined
}

/** Do the next transforms, all of them formulas, put something else into a field, and read only members of it before? */
const isReplaced = (name: string, next: readonly unknown[]): boolean => {
  for (const step of next) {
    if (!isObject(step) || step.type !== 'formula' || typeof step.expr !== 'string') return false
    const ast = parse(step.expr)
    if ('reason' in ast || readsOfExpression(ast)(name)) return false
    if (step.as === name) return true
  }
  return false
}

/** Of a text that names a field, perhaps with members. */
export const readsOfField = (text: string): ReadsValue => {
  const path = accessPath(text)
  return (name) => text === name || (path.length === 1 && path[0] === name)
}

/** Of an expression: where it may name the field of another row than its own, any mention counts. */
export const readsOfExpression = (ast: Expr): ReadsValue => {
  const { members, paths, uses, data, dynamicData } = referencesOf(ast)
  const ownRow = uses.size === 0 && data.size === 0 && !dynamicData
  return (name) => members.has(name) && !(ownRow && paths.every((path) => path[0] !== name || path.length > 1))
}
