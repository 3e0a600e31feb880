import type { OrderBy, Query, SqlExpr } from './ast.ts'
import type { Dialect } from './dialects/dialect.ts'
import { aggregateText, orderText, type PrintExpr } from './print-aggregate.ts'

/** A query as one SQL statement. Every subquery is aliased; aliases are `s1`, `s2`, … in order of appearance. */
export const print = (query: Query, dialect: Dialect): string => {
  let aliases = 0
  const alias = (): string => dialect.identifier(`s${String(++aliases)}`)

  const expr: PrintExpr = (node) => EXPRESSIONS[node.kind](node as never, expr, dialect, statement)

  const orderBy = (items: readonly OrderBy[] | undefined): string =>
    items === undefined || items.length === 0
      ? ''
      : ` order by ${items.map((item) => orderText(item, expr)).join(', ')}`

  const statement = (node: Query): string => {
    switch (node.kind) {
      case 'select':
        return selectText(node)
      case 'union':
        return node.inputs.map((input) => `(${statement(input)})`).join(' union all ')
      case 'with':
        return `with ${dialect.identifier(node.name)} as (${statement(node.query)}) ${statement(node.body)}`
      case 'table':
      case 'join':
      case 'values':
        return `select * from ${source(node)}`
    }
  }

  const selectText = (node: Extract<Query, { kind: 'select' }>): string => {
    const outputs = node.columns.map((item) => `${expr(item.expr)} as ${dialect.identifier(item.id)}`)
    if (node.star === true) outputs.unshift('*')
    if (outputs.length === 0) throw new Error('a select without columns cannot be written')
    const list = (keyword: string, items: readonly SqlExpr[] | undefined): string =>
      items === undefined || items.length === 0 ? '' : ` ${keyword} ${items.map(expr).join(', ')}`
    const test = (keyword: string, item: SqlExpr | undefined): string =>
      item === undefined ? '' : ` ${keyword} ${expr(item)}`
    return (
      `select ${outputs.join(', ')}` +
      (node.from === undefined ? '' : ` from ${source(node.from)}`) +
      test('where', node.where) +
      list('group by', node.groupBy) +
      test('having', node.having) +
      test('qualify', node.qualify) +
      orderBy(node.orderBy) +
      (node.limit === undefined ? '' : ` limit ${String(node.limit)}`)
    )
  }

  /** What may follow `from`. */
  const source = (node: Query): string => {
    switch (node.kind) {
      case 'table':
        return dialect.identifier(node.name)
      case 'join': {
        const right = node.right.kind === 'join' ? `(${source(node.right)})` : source(node.right)
        const on = node.on === undefined ? (node.type === 'cross' ? '' : ' on true') : ` on ${expr(node.on)}`
        return `${source(node.left)} ${node.type} join ${right}${on}`
      }
      case 'values':
        return valuesText(node)
      case 'select':
      case 'union':
      case 'with':
        return `(${statement(node)}) as ${alias()}`
    }
  }

  const valuesText = (node: Extract<Query, { kind: 'values' }>): string => {
    const ids = node.ids.map(dialect.identifier)
    if (node.rows.length === 0) {
      return `(select ${ids.map((id) => `null as ${id}`).join(', ')} where false) as ${alias()}`
    }
    const rows = node.rows.map((row) => `(${row.map(expr).join(', ')})`)
    return `(values ${rows.join(', ')}) as ${alias()}(${ids.join(', ')})`
  }

  return statement(query)
}

/** An expression alone, for tests and for messages. */
export const printExpr = (node: SqlExpr, dialect: Dialect): string => {
  const expr: PrintExpr = (inner) =>
    EXPRESSIONS[inner.kind](inner as never, expr, dialect, (query) => print(query, dialect))
  return expr(node)
}

type ExprOf<K extends SqlExpr['kind']> = Extract<SqlExpr, { kind: K }>

const EXPRESSIONS: {
  readonly [K in SqlExpr['kind']]: (
    node: ExprOf<K>,
    expr: PrintExpr,
    dialect: Dialect,
    statement: (query: Query) => string,
  ) => string
} = {
  column: (node, _expr, dialect) => dialect.identifier(node.id),
  literal: ({ value }, _expr, dialect) =>
    typeof value === 'number'
      ? dialect.number(value)
      : typeof value === 'string'
        ? dialect.string(value)
        : String(value),
  integer: ({ value }) => {
    if (!Number.isSafeInteger(value)) throw new Error(`${String(value)} is not an integer`)
    return value < 0 ? `(${String(value)})` : String(value)
  },
  unary: (node, expr) => {
    const operand = expr(node.operand)
    return node.op === 'not' ? `(not ${operand})` : node.op === '-' ? `(- ${operand})` : `(${operand} ${node.op})`
  },
  binary: (node, expr) =>
    node.op === 'and' || node.op === 'or'
      ? `(${chain(node.op, node).map(expr).join(` ${node.op} `)})`
      : `(${expr(node.left)} ${node.op} ${expr(node.right)})`,
  call: (node, expr, dialect) => {
    const args = node.args.map(expr)
    const write = Object.hasOwn(dialect.functions, node.name) ? dialect.functions[node.name] : undefined
    if (write !== undefined) return write(args)
    if (!/^[a-z_][a-z0-9_]*$/.test(node.name)) throw new Error(`${node.name} is not the name of a function`)
    return `${node.name}(${args.join(', ')})`
  },
  case: (node, expr) => {
    const branches = node.branches.map((branch) => `when ${expr(branch.when)} then ${expr(branch.then)}`)
    return `case ${branches.join(' ')}${node.otherwise === undefined ? '' : ` else ${expr(node.otherwise)}`} end`
  },
  cast: (node, expr, dialect) =>
    `${node.try === true ? 'try_cast' : 'cast'}(${expr(node.operand)} as ${dialect.types[node.type]})`,
  in: (node, expr) =>
    node.values.length === 0 ? 'false' : `(${expr(node.operand)} in (${node.values.map(expr).join(', ')}))`,
  lambda: (node, expr, dialect) => dialect.lambda(node.parameters.map(dialect.identifier), expr(node.body)),
  scalar: (node, _expr, _dialect, statement) => `(${statement(node.query)})`,
  aggregate: aggregateText,
}

/** A chain of `and` or `or` is printed flat: engines limit the depth of an expression. */
const chain = (op: 'and' | 'or', node: SqlExpr): readonly SqlExpr[] => {
  const found: SqlExpr[] = []
  const pending: SqlExpr[] = [node]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.kind === 'binary' && next.op === op) pending.push(next.right, next.left)
    else found.push(next)
  }
  return found
}
