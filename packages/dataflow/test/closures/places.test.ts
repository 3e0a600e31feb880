// Protects: closures do in each place of a data flow what Vega's generated code does there, and keep from expressions what
// vega-interpreter keeps from them.
import { parse, View, type Spec } from 'vega'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import { expressionClosures } from '../../src/index.ts'
import { outcome, parsed, scopeOf, type Evaluator, type Scope } from './evaluators.ts'

const WORLD = { signals: { num: 3, when: new Date(0) }, data: {} }
const EVAL: unknown = Reflect.get(globalThis, 'eval')
const PARAMS = { $num: 3, $when: new Date(0) }

let scopes: Readonly<Record<Evaluator, Scope>>
beforeAll(async () => {
  const of = (evaluator: Evaluator): Promise<Scope> => scopeOf(evaluator, WORLD)
  scopes = { generated: await of('generated'), interpreted: await of('interpreted'), closures: await of('closures') }
})

const EVENT = {
  key: 'a',
  item: { datum: { n: 4 } },
  vega: { x: () => 7, y: (item?: unknown) => [8, item], item: () => 'item', group: (name: string) => `group ${name}` },
}

const inAll = (evaluate: (scope: Scope) => unknown): Record<Evaluator, unknown> => ({
  generated: outcome(() => evaluate(scopes.generated)),
  interpreted: outcome(() => evaluate(scopes.interpreted)),
  closures: outcome(() => evaluate(scopes.closures)),
})

describe('closures', () => {
  it.each(['event.key', 'x() + 1', 'y(event.item)', "group('g') + item()", 'event.item.datum.n', 'xy()', 'datum.n'])(
    'handle an event by %s as Vega does',
    (text) => {
      const expression = parsed(text, WORLD)
      const handled = inAll((scope) => scope.handlerExpression(expression)(PARAMS, EVENT))
      expect(handled.closures).toStrictEqual(handled.generated)
      expect(handled.interpreted).toStrictEqual(handled.generated)
      const filtered = inAll((scope) => scope.eventExpression(expression)(EVENT))
      expect(filtered.closures).toStrictEqual(filtered.generated)
    },
  )

  it.each(['num * 2', 'when', '[num, num]', 'datum', 'item.x', 'x()'])('update a signal by %s as Vega does', (text) => {
    const expression = parsed(text, WORLD)
    const updated = inAll((scope) => scope.operatorExpression(expression)(PARAMS))
    expect(updated.closures).toStrictEqual(updated.generated)
  })

  it('are compiled once for all scopes of a facet, each evaluating with its own functions', () => {
    const ast = {
      type: 'CallExpression',
      callee: { type: 'Identifier', name: 'own' },
      arguments: [],
    } as const
    const scope = (rows: number): Parameters<typeof expressionClosures.operator>[0] => {
      const functions: Record<string, unknown> = Object.create(shared) as Record<string, unknown>
      functions['rows'] = rows
      return { functions }
    }
    const own = vi.fn(function (this: { readonly rows: number }) {
      return this.rows
    })
    const shared = { own }
    const values = [1, 2].map((rows) => expressionClosures.operator(scope(rows), { ast })({}))
    expect(values).toEqual([1, 2])
  })
})

const EXTENTS: readonly object[] = [
  { x: 30, x2: 10, y: 5, y2: 9 },
  { x2: 10, width: 4, y2: 9 },
  { xc: 10, width: 4, yc: 9, height: 2 },
  { x2: 10, xc: 3, y: 1, y2: 2, yc: 8 },
  { x: 1, y: 2, width: 3, height: 4, fill: 'red', tooltip: { a: 1 } },
]

const scene = async (mark: string, extent: object, expr: object): Promise<string> => {
  const channels = Object.fromEntries(Object.entries(extent).map(([name, value]) => [name, { value }]))
  const encode = {
    enter: { ...channels, opacity: { signal: 'datum.v / 10' } },
    update: {
      x: { scale: 's', field: 'v', band: 0.5 },
      y: { scale: { signal: '"s"' }, field: 'v', offset: 1, round: true },
      strokeWidth: { scale: 's', band: 1 },
      size: { scale: 's', range: 0.3 },
    },
  }
  const spec = {
    scales: [{ name: 's', type: 'band', domain: [1, 2], range: [0, 50] }],
    data: [{ name: 'd', values: [{ v: 1 }, { v: 2 }] }],
    marks: [
      { type: mark, from: { data: 'd' }, encode: { enter: encode.enter } },
      { type: mark, from: { data: 'd' }, encode },
    ],
  } as unknown as Spec
  const view = new View(parse(spec, {}, { ast: true }), expr)
  await view.runAsync()
  return JSON.stringify(view.scenegraph())
}

describe.each(['rect', 'rule', 'image', 'symbol', 'group', 'text'])('the extent of a %s', (mark) => {
  it.each(EXTENTS)('follows from %j as in Vega', async (extent) => {
    expect(await scene(mark, extent, { expr: expressionClosures })).toEqual(await scene(mark, extent, {}))
  })
})

const reading = (text: string, datum: object): unknown[] => {
  const expression = parsed(text, WORLD)
  return (['interpreted', 'closures'] as const).map((who) => {
    const silenced = vi.spyOn(console, 'error').mockImplementation(() => undefined)
    const value = outcome(() => scopes[who].parameterExpression(expression)(datum, PARAMS))
    silenced.mockRestore()
    return value
  })
}

describe('expressions never get to hold', () => {
  it.each([
    ['datum.s.constructor.constructor', { s: '' }],
    ["datum['constructor']['constructor']", {}],
    ["datum[['constructor']][datum.k]", { k: 'constructor' }],
    ['[].constructor.constructor', {}],
    ['{a: 1}.constructor.constructor', {}],
    ['datum.f', { f: EVAL }],
    ['[datum.f, datum.g, datum.h]', { f: Function, g: setTimeout, h: setInterval }],
    ["replace('x', 'x', datum.s.constructor.constructor)", { s: '' }],
    ['datum.s.constructor.constructor.name', { s: '' }],
  ])('a maker of programs: %s', (text, datum) => {
    const [interpreted, closures] = reading(text, datum)
    expect(closures).toStrictEqual(interpreted)
  })

  it.each([async () => undefined, function* () {}, async function* () {}])('the maker of %s', (made) => {
    expect(reading('datum.f.constructor', { f: made })[1]).toBeUndefined()
  })

  it.each(["pluck('', 'constructor.constructor')", "peek(pluck([''], 'constructor.constructor'))"])(
    'what a function of Vega’s finds in a value: %s',
    (text) => expect(reading(text, {})[1]).toBeUndefined(),
  )

  const ofTree = (ast: unknown): unknown =>
    expressionClosures.operator(scopes.closures, { ast } as never)({ $evil: EVAL, $num: 1 })
  const identifier = (name: string): object => ({ type: 'Identifier', name })
  const entry = (name: string, value: object): object => ({ key: identifier(name), value })

  it('a property that changes what an object is, or a maker of programs, in a tree that no parser has checked', () => {
    const properties = [
      entry('__proto__', { type: 'ArrayExpression', elements: [] }),
      entry('toString', identifier('num')),
    ]
    const tree = {
      type: 'ObjectExpression',
      properties: [...properties, entry('evil', identifier('evil')), entry('a', identifier('num'))],
    }
    const made = ofTree(tree) as object
    expect(Object.getPrototypeOf(made)).toBe(Object.prototype)
    expect(Object.keys(made)).toEqual(['a'])
  })

  it.each(['constructor', 'hasOwnProperty', '__proto__', '__defineGetter__', 'context', 'eval'])(
    'a function %s that is none of Vega’s',
    (name) => {
      expect(() => ofTree({ type: 'CallExpression', callee: identifier(name), arguments: [] })).toThrow(
        `Unrecognized function: ${name}`,
      )
    },
  )

  it.each([
    { type: 'CallExpression', callee: { type: 'Literal', value: 'eval' }, arguments: [] },
    { type: 'NewExpression', callee: identifier('num'), arguments: [] },
    { type: 'AssignmentExpression', left: identifier('num'), right: identifier('num') },
    { type: 'ThisExpression' },
    { type: 'constructor' },
    { type: 'BinaryExpression', operator: 'toString', left: identifier('num'), right: identifier('num') },
    { type: 'UnaryExpression', operator: 'typeof', argument: identifier('num') },
    { type: 'BinaryExpression', operator: 'constructor', left: identifier('num'), right: identifier('num') },
  ])('what Vega’s language has no form for: %j', (tree) => {
    expect(() => ofTree(tree)).toThrow()
  })
})
