import { DisallowedObjectProperties } from 'vega-util'
import { CONSTANTS } from '../expr/references.ts'
import { callClosure } from './call-closure.ts'
import type { Closure, Fields, Place } from './closure.ts'
import { isForbidden, permitted } from './forbidden.ts'
import { BINARY, LOGICAL, UNARY } from './operators.ts'
import { SPECIAL } from './special-calls.ts'
import type { VegaNode, VegaNodeOf, VegaNodeType, VegaProperty } from './vega-node.ts'

const constant =
  (value: unknown): Closure =>
  () =>
    value

const absent =
  (name: string): Closure =>
  () => {
    throw new ReferenceError(`${name} is not defined`)
  }

const GIVEN: Readonly<Record<'datum' | 'event' | 'item', Closure>> = {
  datum: (_f, _p, datum) => datum,
  event: (_f, _p, _d, event) => event,
  item: (_f, _p, _d, _e, item) => item,
}

const identifier = (name: string, { given }: Place): Closure => {
  if (Object.hasOwn(CONSTANTS, name)) return constant(CONSTANTS[name])
  if (name === 'event') return GIVEN.event
  if (name === 'datum' || name === 'item') return given[name] ? GIVEN[name] : absent(name)
  const key = `$${name}`
  return (_, params) => params[key]
}

const nameOf = (node: VegaNode): string => {
  if (node.type !== 'Identifier') throw new Error('a name is expected')
  return node.name
}

/** The property that a member names; undefined when it is to be evaluated. */
const statedKey = ({ computed, property }: VegaNodeOf<'MemberExpression'>): string | undefined => {
  if (!computed) return nameOf(property)
  return property.type === 'Literal' && property.regex === undefined ? String(property.value) : undefined
}

const member = (node: VegaNodeOf<'MemberExpression'>, place: Place): Closure => {
  const key = statedKey(node)
  const object = closureOf(node.object, place)
  if (key === undefined) {
    const property = closureOf(node.property, place)
    return (f, p, d, e, i) => permitted((object(f, p, d, e, i) as Fields)[property(f, p, d, e, i) as string])
  }
  if (object === GIVEN.datum) return (_f, _p, datum) => permitted((datum as Fields)[key])
  return (f, p, d, e, i) => permitted((object(f, p, d, e, i) as Fields)[key])
}

const own = <T>(table: Readonly<Record<string, T>>, operator: string): T => {
  const found = Object.hasOwn(table, operator) ? table[operator] : undefined
  if (found === undefined) throw new Error(`Unsupported operator: ${operator}`)
  return found
}

/** Apart from the closures that use them, so that these do not keep the place: it belongs to the first cell of a facet. */
const closuresOf = (nodes: readonly VegaNode[], place: Place): readonly Closure[] =>
  nodes.map((node) => closureOf(node, place))

const propertyKey = ({ key }: VegaProperty): string => (key.type === 'Literal' ? String(key.value) : nameOf(key))

const CLOSURES: { readonly [T in VegaNodeType]: (node: VegaNodeOf<T>, place: Place) => Closure } = {
  // each evaluation has a regular expression of its own, as in JavaScript
  Literal: ({ value, regex }) => (regex === undefined ? constant(value) : () => new RegExp(regex.pattern, regex.flags)),
  Identifier: ({ name }, place) => identifier(name, place),
  ArrayExpression: ({ elements }, place) => {
    const constants = elements.flatMap((one) => (one.type === 'Literal' && one.regex === undefined ? [one.value] : []))
    if (constants.length === elements.length) return () => constants.slice()
    const items = closuresOf(elements, place)
    return (f, p, d, e, i) => items.map((item) => item(f, p, d, e, i))
  },
  BinaryExpression: ({ operator, left, right }, place) =>
    own(BINARY, operator)(closureOf(left, place), closureOf(right, place)),
  UnaryExpression: ({ operator, argument }, place) => own(UNARY, operator)(closureOf(argument, place)),
  LogicalExpression: ({ operator, left, right }, place) =>
    own(LOGICAL, operator)(closureOf(left, place), closureOf(right, place)),
  ConditionalExpression: (node, place) => {
    const test = closureOf(node.test, place)
    const yes = closureOf(node.consequent, place)
    const no = closureOf(node.alternate, place)
    return (f, p, d, e, i) => (test(f, p, d, e, i) ? yes(f, p, d, e, i) : no(f, p, d, e, i))
  },
  MemberExpression: member,
  CallExpression: ({ callee, arguments: nodes }, place) => {
    const name = nameOf(callee)
    const args = closuresOf(nodes, place)
    const special = Object.hasOwn(SPECIAL, name) ? SPECIAL[name]?.(nodes, args) : undefined
    return special ?? callClosure(name, args, place.functions)
  },
  ObjectExpression: ({ properties }, place) => {
    const entries = properties
      .map((property) => ({ key: propertyKey(property), value: closureOf(property.value, place) }))
      .filter(({ key }) => !DisallowedObjectProperties.has(key))
    return (f, p, d, e, i) => {
      const made: Fields = {}
      for (const { key, value } of entries) {
        const item = value(f, p, d, e, i)
        if (!isForbidden(item)) made[key] = item
      }
      return made
    }
  },
}

/** Compiles a syntax tree. Throws for what is no expression of Vega's. */
export const closureOf = (node: VegaNode, place: Place): Closure => {
  if (!Object.hasOwn(CLOSURES, node.type)) throw new Error(`Unsupported type: ${node.type}`)
  const make = CLOSURES[node.type] as (node: VegaNode, place: Place) => Closure
  return make(node, place)
}
