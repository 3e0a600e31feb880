import type { Expr } from '@magpie-vega/dataflow'

/** Whose rows an expression may pass on whole, or read a field of whose name is computed. */
export interface Escapes {
  /** Rows of any data set. */
  readonly any: boolean
  /** The row that the expression is of, or that of a group around it. */
  readonly own: boolean
  /** Rows of these data sets. */
  readonly data: ReadonlySet<string>
}

/** Functions that look at a row or at rows, but not into fields that the expression does not name. */
const LOOKS: ReadonlySet<string> = new Set([
  'vlSelectionTest',
  'vlSelectionIdTest',
  'isValid',
  'isDefined',
  'isObject',
  'isArray',
  'isTuple',
  'inScope',
  'length',
])
/** Functions that give some of what they are given. */
const PASSES: ReadonlySet<string> = new Set(['peek', 'slice', 'reverse'])
/** What leads to an item of the scene, and so to any row. */
const SCENE: ReadonlySet<string> = new Set(['event', 'item', 'group', 'intersect'])

type Child = readonly [node: Expr, valued: boolean]

interface Found {
  readonly any?: boolean
  readonly own?: boolean
  readonly data?: string
  readonly children: readonly Child[]
}

/**
 * What an expression lets out. A row that is only tested, compared, or the object of a literal member access stays where it
 * is.
 */
export const escapesOf = (ast: Expr): Escapes => {
  const data = new Set<string>()
  let any = false
  let own = false
  const pending: Child[] = [[ast, true]]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const found = look(...next)
    any ||= found.any === true
    own ||= found.own === true
    if (found.data !== undefined) data.add(found.data)
    pending.push(...found.children)
  }
  return { any, own, data }
}

const each = (nodes: readonly Expr[], valued: boolean): readonly Child[] => nodes.map((node) => [node, valued])

const look = (node: Expr, valued: boolean): Found => {
  switch (node.type) {
    case 'Literal':
      return { children: [] }
    case 'Identifier':
      return { own: valued && (node.name === 'datum' || node.name === 'parent'), children: [] }
    case 'MemberExpression': {
      const { object, property } = node
      if (property.type !== 'Literal') return computed(node, valued)
      return { any: valued && property.value === 'datum', children: [[object, false]] }
    }
    case 'ConditionalExpression':
      return { children: [[node.test, false], ...each([node.consequent, node.alternate], valued)] }
    case 'LogicalExpression':
      return {
        children: [
          [node.left, valued && node.operator === '||'],
          [node.right, valued],
        ],
      }
    case 'UnaryExpression':
      return { children: [[node.argument, node.operator !== '!' && valued]] }
    case 'BinaryExpression':
      return { children: each([node.left, node.right], !/^[!=]==?$/.test(node.operator)) }
    case 'CallExpression':
      return called(node, valued)
    case 'ArrayExpression':
      return { children: each(node.elements, true) }
    case 'ObjectExpression':
      return {
        children: each(
          node.properties.map(({ value }) => value),
          true,
        ),
      }
  }
}

/** A member whose name is computed: of rows it is one of them, of a row any of its fields. */
const computed = ({ object, property }: Extract<Expr, { type: 'MemberExpression' }>, valued: boolean): Found => {
  const ofRows = object.type === 'CallExpression' && (object.callee === 'data' || PASSES.has(object.callee))
  return {
    any: leadsToScene(object),
    children: [
      [object, ofRows ? valued : true],
      [property, true],
    ],
  }
}

const leadsToScene = (node: Expr): boolean => {
  if (node.type === 'MemberExpression')
    return (node.property.type === 'Literal' && node.property.value === 'datum') || leadsToScene(node.object)
  if (node.type === 'Identifier') return SCENE.has(node.name)
  return node.type === 'CallExpression' && SCENE.has(node.callee)
}

const called = ({ callee, arguments: args }: Extract<Expr, { type: 'CallExpression' }>, valued: boolean): Found => {
  const [first, second] = args
  if (callee === 'data') {
    if (first?.type !== 'Literal' || typeof first.value !== 'string') return { any: true, children: each(args, true) }
    return valued ? { data: first.value, children: [] } : { children: [] }
  }
  if (callee === 'pluck' && second?.type === 'Literal') return { children: each(args, false) }
  return { children: each(args, PASSES.has(callee) ? valued : !LOOKS.has(callee)) }
}
