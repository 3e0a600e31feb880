import { reason, type Reason } from '../reason.ts'
import { children, type CallExpression, type Node } from './ast.ts'

/** Functions whose first argument is the name of a data set. */
const OF_DATA: ReadonlySet<string> = new Set([
  'data',
  'indata',
  'treeAncestors',
  'treePath',
  'vlSelectionIdTest',
  'vlSelectionResolve',
  'vlSelectionTest',
])
const OF_THREE: ReadonlySet<string> = new Set(['clamp', 'if'])

/** Why Vega refuses a spec that has the expression, even where a call is never made. */
export const refused = (node: Node): Reason | undefined =>
  (node.type === 'CallExpression' ? refusedCall(node) : undefined) ?? firstOf(children(node))

const firstOf = (nodes: readonly Node[]): Reason | undefined => {
  for (const node of nodes) {
    const found = refused(node)
    if (found !== undefined) return found
  }
  return undefined
}

const refusedCall = ({ callee, arguments: args }: CallExpression): Reason | undefined => {
  if (args.length === 0) return reason('a call has no arguments', callee)
  if (OF_THREE.has(callee) && args.length !== 3) return reason('the function takes three arguments', callee)
  if (!OF_DATA.has(callee)) return undefined
  const names = args.slice(0, callee === 'indata' ? 2 : 1)
  return names.every(({ type }) => type === 'Literal') && (callee !== 'indata' || names.length === 2)
    ? undefined
    : reason('a data set is not named by a text', callee)
}
