import { reason, type Reason } from '../reason.ts'
import type { Scalar } from '../scalar.ts'
import type { SqlExpr } from '../sql/ast.ts'
import { FALSE, literal, when } from '../sql/build.ts'
import { literalString, type CallExpression, type Expr } from './ast.ts'
import { toText } from './coerce.ts'
import { strictEqual } from './compare.ts'
import type { CompileScope, TypedSql } from './typed.ts'
import { inrange } from './functions-math.ts'
import { toRe2 } from './regexp.ts'
import { partOf, replaceMatches } from './text-pattern.ts'
import { selectionIdTest, selectionTest } from './selection.ts'
import { booleanSql, constant, isConstant, numberSql, toTyped, withAll, type Value } from './value.ts'

type CompileArgument = (argument: Expr) => Value | Reason
type ReadColumn = (name: string) => Value | Reason

type Special = (
  node: CallExpression,
  scope: CompileScope,
  compile: CompileArgument,
  read: ReadColumn,
) => Value | Reason | undefined

/** Functions of which an argument is no SQL value: a store, an array, a pattern. Undefined: not such a call. */
export const compileSpecial: Special = (node, scope, compile, read) => {
  const special = Object.hasOwn(SPECIAL, node.callee) ? SPECIAL[node.callee] : undefined
  return special?.(node, scope, compile, read)
}

/** The store and the set operation of a selection test; Vega asks for literals. */
const storeOf = (
  { arguments: args }: CallExpression,
  scope: CompileScope,
): { rows: CompileScope['data'][string]; op: string } | Reason => {
  const name = literalString(args[0])
  const datum = args[1]
  const op = args[2] === undefined ? '' : literalString(args[2])
  const rows = name !== undefined && Object.hasOwn(scope.data, name) ? scope.data[name] : undefined
  if (op === undefined || args.length > 3 || datum?.type !== 'Identifier' || datum.name !== 'datum') {
    return reason('a selection test takes a store, datum and a set operation')
  }
  return rows === undefined ? reason(`the rows of ${name ?? 'the store'} are not at hand`) : { rows, op }
}

const SPECIAL: Readonly<Record<string, Special>> = {
  vlSelectionTest: (node, scope, _compile, read) => {
    const store = storeOf(node, scope)
    return 'reason' in store ? store : selectionTest(store.rows, store.op, read, scope.intersected.size < 2)
  },
  vlSelectionIdTest: (node, scope) => {
    const store = storeOf(node, scope)
    return 'reason' in store ? store : selectionIdTest(store.rows, store.op, scope.columns, scope.intersected.size < 2)
  },

  inrange: ({ arguments: args }, _scope, compile) => {
    const [value, range, ...flags] = args
    if (value === undefined || range === undefined) return reason('inrange takes a value and a range')
    const bounds =
      range.type === 'ArrayExpression'
        ? [range.elements[0], range.elements.at(-1)].map((bound) =>
            bound === undefined ? constant(undefined) : compile(bound),
          )
        : boundsOf(compile(range))
    return withAll<Value[], Value>(
      [compile(value), ...bounds, ...flags.map(compile)],
      (tested, low, high, ...sides) => {
        if (tested === undefined || low === undefined || high === undefined) return reason('the range has no bounds')
        if (!sides.every(isConstant)) return reason('whether a bound counts depends on the row')
        const [left, right] = sides.map((side) => side.constant === undefined || Boolean(side.constant))
        return withAll<[TypedSql, TypedSql, TypedSql], Value>(
          [toTyped(tested), toTyped(low), toTyped(high)],
          (a, b, c) => inrange(a, b, c, left ?? true, right ?? true),
        )
      },
    )
  },

  indexof: ({ arguments: args }, _scope, compile) => {
    const [sequence, searched] = args
    if (sequence === undefined || searched === undefined || args.length > 2) return undefined
    const items = compile(sequence)
    if ('reason' in items || !isConstant(items) || !Array.isArray(items.constant)) return undefined
    const known: readonly Scalar[] = items.constant
    return withAll<[Value], Value>([compile(searched)], (value) =>
      withAll<[TypedSql], Value>([toTyped(value)], (typed) => positionOf(known, typed)),
    )
  },

  replace: ({ arguments: args }, _scope, compile) => {
    const [text, pattern, replacement, ...more] = args
    if (text === undefined || pattern === undefined || replacement === undefined || more.length > 0) return undefined
    const [searched, by] = [compile(pattern), compile(replacement)]
    if ('reason' in searched || !isConstant(searched) || !(searched.constant instanceof RegExp)) return undefined
    const { constant: expression } = searched
    return withAll<[Value, Value], Value>([compile(text), by], (value, known) =>
      isConstant(known) && typeof known.constant === 'string'
        ? withAll<[TypedSql], Value>([toTyped(value)], (typed) =>
            replaceMatches(typed, expression, String(known.constant)),
          )
        : reason('the replacement depends on the row'),
    )
  },

  test: ({ arguments: args }, _scope, compile) => {
    const [pattern, text] = args
    if (pattern === undefined || text === undefined) return reason('test takes a pattern and a text')
    return withAll<[Value, Value], Value>([compile(pattern), compile(text)], (expression, value) => {
      const regexp = isConstant(expression) ? asRegExp(expression.constant) : undefined
      if (regexp === undefined) return reason('the pattern depends on the row')
      return withAll<[TypedSql, string], Value>([toTyped(value), toRe2(regexp)], (typed, re2) =>
        withAll<[SqlExpr], Value>([toText(typed)], (sql) =>
          booleanSql({ kind: 'call', name: 'regexp_matches', args: [sql, literal(re2)] }),
        ),
      )
    })
  },
}

/** `split(text, separator)[index]`, the only use of a list of texts that has SQL. */
export const compilePart = (
  { arguments: args }: CallExpression,
  index: Scalar,
  compile: CompileArgument,
): Value | Reason => {
  const [text, separator, ...more] = args
  if (text === undefined || separator === undefined || more.length > 0 || !isIndex(index))
    return reason('a text is split by a known text, for one part of it')
  return withAll<[Value, Value], Value>([compile(text), compile(separator)], (value, by) =>
    isConstant(by) && typeof by.constant === 'string'
      ? withAll<[TypedSql], Value>([toTyped(value)], (typed) => partOf(typed, String(by.constant), index))
      : reason('the separator depends on the row'),
  )
}

const isIndex = (index: Scalar): index is number =>
  typeof index === 'number' && Number.isInteger(index) && index >= 0 && index < 1e6

const boundsOf = (range: Value | Reason): readonly (Value | Reason)[] => {
  if ('reason' in range) return [range]
  if (!isConstant(range) || !Array.isArray(range.constant)) return [reason('the range is not an array')]
  return [constant(range.constant[0]), constant(range.constant.at(-1))]
}

/** `items.indexOf(value)`. */
const positionOf = (items: readonly Scalar[], value: TypedSql): Value | Reason => {
  if (items.length > 500) return reason('the searched array is long')
  const tests = items.map((item) =>
    withAll<[TypedSql], SqlExpr>([toTyped(constant(item))], (typed) => strictEqual(typed, value)),
  )
  return withAll<SqlExpr[], Value>(tests, (...found) =>
    numberSql(
      when(
        found.map((test, i) => [test, literal(i)] as const).filter(([test]) => test !== FALSE),
        literal(-1),
      ),
      false,
    ),
  )
}

/** The pattern of `RegExp(pattern)`. */
const asRegExp = (pattern: Scalar): RegExp | undefined => {
  if (pattern instanceof RegExp) return pattern
  try {
    return typeof pattern === 'string' ? new RegExp(pattern) : undefined
  } catch {
    return undefined
  }
}
