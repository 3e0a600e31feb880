import { columnNamed, type Column, type Stored } from '../columns.ts'
import { isReason } from '../reason.ts'
import { memberPath, type BinaryOp, type Expr, type Node } from './ast.ts'
import { evaluateNode } from './evaluate.ts'
import { holds, mirrored, type Relational } from './order.ts'
import type { ConstantScope } from './constant-function.ts'

/** What is known of the rows that an expression is evaluated for. */
export interface Known {
  readonly columns: readonly Column[]
  readonly stored?: Readonly<Record<string, Stored>> | undefined
}

/** A comparison of a field with a number. */
interface Bound {
  readonly name: string
  readonly op: Relational
  readonly limit: number
}

/** The tests of which all hold where `node` holds. */
export const conjuncts = (node: Expr): readonly Expr[] =>
  node.type === 'LogicalExpression' && node.operator === '&&'
    ? [...conjuncts(node.left), ...conjuncts(node.right)]
    : [node]

/** What is known where a test holds as well. */
export const knownBy = <K extends Known & ConstantScope>(test: Expr, known: K): K =>
  conjuncts(test).reduce((facts, node) => knownByOne(node, facts), withFinite(finiteBy(test, known), known))

const knownByOne = <K extends Known & ConstantScope>(node: Expr, known: K): K => {
  const found = boundOf(node, known)
  if (found !== undefined) return withBound(found, known)
  if (node.type === 'CallExpression') {
    const [argument] = node.arguments
    const name = argument === undefined || node.arguments.length > 1 ? undefined : fieldOf(argument)
    if (name === undefined) return known
    if (node.callee === 'isValid') return withColumn(name, known, ({ type }) => (type === 'number' ? VALID : PRESENT))
    if (node.callee === 'isFinite')
      return withFinite(
        new Set([name]),
        withColumn(name, known, ({ type }) => (type === 'number' ? VALID : {})),
      )
  }
  if (node.type === 'BinaryExpression' && node.operator === '!=') {
    const [field, other] = isNull(node.right) ? [node.left, node.right] : [node.right, node.left]
    const name = isNull(other) ? fieldOf(field) : undefined
    return name === undefined ? known : withColumn(name, known, () => PRESENT)
  }
  return known
}

const PRESENT = { nulls: false } as const
const VALID = { nulls: false, nans: false } as const

const isNull = (node: Node): boolean => node.type === 'Literal' && node.value === null

/** The field that a node reads. */
const fieldOf = (node: Node): string | undefined => {
  const path = memberPath(node, 'datum')
  return path?.length === 1 ? path[0] : undefined
}

const withColumn = <K extends Known>(name: string, known: K, facts: (column: Column) => Partial<Column>): K => ({
  ...known,
  columns: known.columns.map((column) => {
    if (column.name !== name) return column
    const known = { ...column, ...facts(column) }
    const { absent: _absent, missing: _missing, ...rest } = known
    return known.nulls ? known : rest
  }),
})

/** Numbers of the fields are not infinite. */
export const withFinite = <K extends Known>(names: ReadonlySet<string>, known: K): K => {
  const ids = new Set(known.columns.flatMap(({ name, id }) => (names.has(name) ? [id] : [])))
  if (known.stored === undefined || ids.size === 0) return known
  const stored = Object.entries(known.stored).map(([id, facts]): [string, Stored] => [
    id,
    ids.has(id) ? { ...facts, infinities: false } : facts,
  ])
  return { ...known, stored: Object.fromEntries(stored) }
}

const withBound = <K extends Known>({ name, op, limit }: Bound, known: K): K => {
  const column = columnNamed(known.columns, name)
  if (column === undefined || !(column.type === 'number' || column.type === 'date')) return known
  // Null counts as 0; a missing field as NaN, which fails every comparison.
  const excludesNull = column.absent === true || !holds(0, op, limit)
  const narrowed = withColumn(name, known, () => (excludesNull ? VALID : { nans: false }))
  const facts = known.stored?.[column.id]
  if (facts === undefined) return narrowed
  const below = op === '<' || op === '<='
  const bounds = below ? { most: Math.min(facts.most, limit) } : { least: Math.max(facts.least, limit) }
  return { ...narrowed, stored: { ...known.stored, [column.id]: { ...facts, ...bounds } } }
}

/** A comparison of a field with a number that does not depend on the row. */
const boundOf = (node: Expr, scope: ConstantScope): Bound | undefined => {
  if (node.type !== 'BinaryExpression' || !isRelational(node.operator)) return undefined
  const [left, right] = [fieldOf(node.left), fieldOf(node.right)]
  if ((left === undefined) === (right === undefined)) return undefined
  const limit = numberOf(left === undefined ? node.left : node.right, scope)
  if (limit === undefined) return undefined
  return left === undefined
    ? { name: right ?? '', op: mirrored(node.operator), limit }
    : { name: left, op: node.operator, limit }
}

const isRelational = (op: BinaryOp): op is Relational => op === '<' || op === '<=' || op === '>' || op === '>='

const numberOf = (node: Expr, scope: ConstantScope): number | undefined => {
  const value = evaluateNode(node, scope)
  return !isReason(value) && typeof value.constant === 'number' && !Number.isNaN(value.constant)
    ? value.constant
    : undefined
}

/** Fields that a test compares with a finite number on both sides: where it holds they are finite. */
export const finiteBy = (test: Expr, scope: ConstantScope): ReadonlySet<string> => {
  const bounds = conjuncts(test).flatMap((node) => boundOf(node, scope) ?? [])
  const on = (below: boolean): ReadonlySet<string> =>
    new Set(
      bounds.flatMap(({ name, op, limit }) =>
        Number.isFinite(limit) && (op === '<' || op === '<=') === below ? [name] : [],
      ),
    )
  const above = on(false)
  return new Set([...on(true)].filter((name) => above.has(name)))
}

/**
 * What may be taken for granted in each of the tests that bound fields on both sides: an infinite value fails one of them, also
 * where it is looked up among the integers and not found. The bounds of the column say nothing then, since a test that they
 * decide would no longer fail.
 */
export const withinBounds = <K extends Known>(names: ReadonlySet<string>, known: K): K => {
  const ids = new Set(
    known.columns.flatMap(({ name, id, nulls, nans }) => (names.has(name) && !nulls && nans === false ? [id] : [])),
  )
  if (known.stored === undefined || ids.size === 0) return known
  const stored = Object.entries(known.stored).map(([id, facts]): [string, Stored] => [
    id,
    ids.has(id) && facts.infinities ? { ...facts, infinities: false, least: -Infinity, most: Infinity } : facts,
  ])
  return { ...known, stored: Object.fromEntries(stored) }
}
