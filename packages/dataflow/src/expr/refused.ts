import { DisallowedObjectProperties } from 'vega-util'
import { reason, type Reason } from '../reason.ts'
import { children, type CallExpression, type Node, type NodeOf } from './ast.ts'
import { NAMING_DATA } from './references.ts'

const OF_THREE: ReadonlySet<string> = new Set(['clamp', 'if'])

/** Why Vega may refuse a spec that has the expression, even where a part of it is never evaluated. */
export const refused = (node: Node): Reason | undefined =>
  (node.type === 'CallExpression' ? refusedCall(node) : undefined) ??
  (node.type === 'ObjectExpression' ? refusedKey(node) : undefined) ??
  firstOf(children(node))

const firstOf = (nodes: readonly Node[]): Reason | undefined => {
  for (const node of nodes) {
    const found = refused(node)
    if (found !== undefined) return found
  }
  return undefined
}

const refusedKey = ({ properties }: NodeOf<'ObjectExpression'>): Reason | undefined => {
  const found = properties.find(({ key }) => DisallowedObjectProperties.has(key))
  return found && reason('a property is not to be set', found.key)
}

const refusedCall = ({ callee, arguments: args }: CallExpression): Reason | undefined => {
  if (args.length === 0) return reason('a call has no arguments', callee)
  if (OF_THREE.has(callee) && args.length !== 3) return reason('the function takes three arguments', callee)
  if (!NAMING_DATA.has(callee)) return undefined
  const names = args.slice(0, callee === 'indata' ? 2 : 1)
  return names.every(({ type }) => type === 'Literal') && (callee !== 'indata' || names.length === 2)
    ? undefined
    : reason('a data set is not named by a text', callee)
}
