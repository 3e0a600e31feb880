import type { Expr } from '@magpie-vega/dataflow'

/** Functions that look at a row, but not into fields that the expression does not name. */
const LOOKS: ReadonlySet<string> = new Set([
  'vlSelectionTest',
  'vlSelectionIdTest',
  'isValid',
  'isDefined',
  'isObject',
  'isTuple',
  'inScope',
])

/**
 * May an expression pass a whole row on (`datum` as a value), or read a field whose name is computed? A row that is only
 * tested, compared, or the object of a literal member access stays where it is.
 */
export const rowEscapes = (ast: Expr): boolean => visit(ast, true)

const visit = (node: Expr, valued: boolean): boolean => {
  switch (node.type) {
    case 'Literal':
      return false
    case 'Identifier':
      return valued && isRowName(node.name)
    case 'MemberExpression': {
      const { object, property } = node
      if (property.type !== 'Literal') return true
      if (valued && property.value === 'datum') return true
      return visit(object, false)
    }
    case 'ConditionalExpression':
      return visit(node.test, false) || visit(node.consequent, valued) || visit(node.alternate, valued)
    case 'LogicalExpression':
      return visit(node.left, valued && node.operator === '||') || visit(node.right, valued)
    case 'UnaryExpression':
      return visit(node.argument, node.operator !== '!' && valued)
    case 'BinaryExpression': {
      const compares = /^[!=]==?$/.test(node.operator)
      return visit(node.left, !compares) || visit(node.right, !compares)
    }
    case 'CallExpression':
      return node.arguments.some((argument) => visit(argument, !LOOKS.has(node.callee)))
    case 'ArrayExpression':
      return node.elements.some((element) => visit(element, true))
    case 'ObjectExpression':
      return node.properties.some((property) => visit(property.value, true))
  }
}

const isRowName = (name: string): boolean => name === 'datum' || name === 'parent'
