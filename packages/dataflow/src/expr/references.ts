import type { Reason } from '../reason.ts'
import { isReason } from '../reason.ts'
import {
  children,
  literalString,
  memberKey,
  memberPath,
  type BinaryExpression,
  type CallExpression,
  type Expr,
  type Node,
} from './ast.ts'
import { parse } from './parse.ts'

/** Things that an expression takes from its surroundings, or does to them. */
export type Use =
  | 'event'
  | 'item'
  | 'parent'
  | 'view'
  | 'group'
  | 'xy'
  | 'x'
  | 'y'
  | 'now'
  | 'random'
  | 'screen'
  | 'containerSize'
  | 'windowSize'
  | 'inScope'
  | 'intersect'
  | 'intersectLasso'
  | 'modify'
  | 'setdata'
  | 'warn'
  | 'info'
  | 'debug'

/** What an expression refers to. */
export interface References {
  /** Free identifiers: names of signals. */
  readonly signals: ReadonlySet<string>
  /** Names of the data sets read (or written, by `modify` and `setdata`), selection stores among them. */
  readonly data: ReadonlySet<string>
  /** A data set is read whose name is not a literal. */
  readonly dynamicData: boolean
  /** Stores that `datum` is tested against: the store's tuples say which fields are read. */
  readonly stores: ReadonlySet<string>
  /** Names of scales and projections. */
  readonly scales: ReadonlySet<string>
  /** A scale is used whose name is not a literal: it may be any. */
  readonly dynamicScales: boolean
  /** First segments of the member paths of `datum`. */
  readonly fields: ReadonlySet<string>
  /** The whole paths: `[['a', 'b']]` for `datum.a.b`. */
  readonly paths: readonly (readonly string[])[]
  /** `datum` is used other than as the object of a literal member access or as the tuple of a selection test. */
  readonly datumEscapes: boolean
  /** A field of `datum` may be read whose name is not a literal. */
  readonly datumComputed: boolean
  /** `datum` itself is compared with something: which of equal rows it is counts. */
  readonly datumCompared: boolean
  readonly uses: ReadonlySet<Use>
  /** Names of the functions called. */
  readonly functions: ReadonlySet<string>
  /** Every literal property name accessed on anything, every key of an object and every string literal. */
  readonly members: ReadonlySet<string>
}

/** Vega's named constants, and their values. There is no `Infinity` and no `undefined` among them. */
export const CONSTANTS: Readonly<Record<string, number>> = Object.freeze({
  NaN: Number.NaN,
  E: Math.E,
  LN2: Math.LN2,
  LN10: Math.LN10,
  LOG2E: Math.LOG2E,
  LOG10E: Math.LOG10E,
  PI: Math.PI,
  SQRT1_2: Math.SQRT1_2,
  SQRT2: Math.SQRT2,
  MIN_VALUE: Number.MIN_VALUE,
  MAX_VALUE: Number.MAX_VALUE,
})

/** Functions whose first argument is the name of a data set, as a literal. */
export const NAMING_DATA: ReadonlySet<string> = new Set([
  'data',
  'indata',
  'treePath',
  'treeAncestors',
  'vlSelectionTest',
  'vlSelectionIdTest',
  'vlSelectionResolve',
])
/** Functions whose first argument names a data set. */
const DATA_FUNCTIONS: ReadonlySet<string> = new Set([...NAMING_DATA, 'setdata', 'modify'])
const SELECTION_TESTS: ReadonlySet<string> = new Set(['vlSelectionTest', 'vlSelectionIdTest'])
/** Functions whose first argument names a scale or a projection. */
const SCALE_FUNCTIONS: ReadonlySet<string> = new Set([
  'scale',
  'invert',
  'domain',
  'range',
  'bandwidth',
  'copy',
  'gradient',
  '_scale',
  '_range',
  '_bandwidth',
  'geoArea',
  'geoBounds',
  'geoCentroid',
  'geoShape',
  'geoScale',
  'geoTranslate',
])
/** Functions that look at a row as a whole: what it is, or its geometry. */
const LOOKS = /^(?:geo[A-Z].*|is[A-Z].*|inScope|length)$/
const EQUALITY = /^[!=]==?$/
const FUNCTION_USES: Readonly<Record<string, Use>> = {
  view: 'view',
  item: 'item',
  group: 'group',
  xy: 'xy',
  x: 'x',
  y: 'y',
  now: 'now',
  random: 'random',
  sampleNormal: 'random',
  sampleLogNormal: 'random',
  sampleUniform: 'random',
  screen: 'screen',
  containerSize: 'containerSize',
  windowSize: 'windowSize',
  inScope: 'inScope',
  intersect: 'intersect',
  intersectLasso: 'intersectLasso',
  modify: 'modify',
  setdata: 'setdata',
  warn: 'warn',
  info: 'info',
  debug: 'debug',
}
const CONTEXT_NAMES: ReadonlySet<string> = new Set<Use>(['event', 'item', 'parent'])

/** What the text of an expression refers to; a Reason on a syntax error. */
export const references = (expression: string): References | Reason => {
  const ast = parse(expression)
  return isReason(ast) ? ast : referencesOf(ast)
}

/** What a parsed expression refers to. */
export const referencesOf = (ast: Expr): References => {
  const found = {
    signals: new Set<string>(),
    data: new Set<string>(),
    dynamicData: false,
    stores: new Set<string>(),
    scales: new Set<string>(),
    dynamicScales: false,
    fields: new Set<string>(),
    paths: [] as (readonly string[])[],
    datumEscapes: false,
    datumComputed: false,
    datumCompared: false,
    uses: new Set<Use>(),
    functions: new Set<string>(),
    members: new Set<string>(),
  }

  const call = (node: CallExpression): void => {
    const { callee } = node
    const [first, ...rest] = node.arguments
    found.functions.add(callee)
    const use = Object.hasOwn(FUNCTION_USES, callee) ? FUNCTION_USES[callee] : undefined
    if (use !== undefined) found.uses.add(use)
    if (callee === 'datetime' && first === undefined) found.uses.add('now')
    if (DATA_FUNCTIONS.has(callee)) {
      const name = literalString(first)
      if (name === undefined) found.dynamicData = true
      else found.data.add(name)
      if (name !== undefined && SELECTION_TESTS.has(callee)) found.stores.add(name)
    }
    if (SCALE_FUNCTIONS.has(callee) && !isNull(first)) {
      const name = literalString(first)
      if (name === undefined) found.dynamicScales = true
      else found.scales.add(name)
    }
    if (first !== undefined) (LOOKS.test(callee) ? look : visit)(first)
    const tested = SELECTION_TESTS.has(callee) ? rest.filter((argument, i) => i > 0 || !isDatum(argument)) : rest
    tested.forEach(LOOKS.test(callee) ? look : visit)
  }

  const identifier = (name: string): void => {
    if (name === 'datum') found.datumEscapes = found.datumComputed = true
    else if (CONTEXT_NAMES.has(name)) found.uses.add(name as Use)
    else if (!Object.hasOwn(CONSTANTS, name)) found.signals.add(name)
  }

  /** What looks at a row as a whole. */
  const look = (node: Expr): void => {
    if (isDatum(node)) found.datumEscapes = true
    else visit(node)
  }

  const visit = (node: Node): void => {
    const path = node.type === 'MemberExpression' ? memberPath(node, 'datum') : undefined
    if (path !== undefined) {
      found.paths.push(path)
      found.fields.add(path[0] ?? '')
      path.forEach((key) => found.members.add(key))
      return
    }
    if (node.type === 'MemberExpression') {
      const key = memberKey(node)
      if (key !== undefined) found.members.add(key)
    }
    if (node.type === 'Property') found.members.add(node.key)
    if (node.type === 'Literal' && typeof node.value === 'string') found.members.add(node.value)
    if (node.type === 'BinaryExpression' && EQUALITY.test(node.operator)) {
      if (comparesDatum(node)) found.datumCompared = true
      look(node.left)
      look(node.right)
    } else if (node.type === 'CallExpression') call(node)
    else if (node.type === 'Identifier') identifier(node.name)
    else children(node).forEach(visit)
  }
  visit(ast)
  return Object.freeze(found)
}

/** `geoCentroid(null, …)` measures without a projection. */
const isNull = (node: Expr | undefined): boolean => node?.type === 'Literal' && node.value === null

const isDatum = (node: Expr): boolean => node.type === 'Identifier' && node.name === 'datum'

/** A row equals no literal, whichever row it is. */
const comparesDatum = ({ left, right }: BinaryExpression): boolean =>
  (isDatum(left) && right.type !== 'Literal') || (isDatum(right) && left.type !== 'Literal')
