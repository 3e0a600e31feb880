import type { Callable, Closure } from './closure.ts'
import type { VegaNode } from './vega-node.ts'

interface Scale extends Callable {
  range(): unknown
  bandwidth?(): unknown
}

/** The scale of the name that an encoder states, among the parameters. */
const scaleOf = (node: VegaNode, name: Closure): Closure => {
  if (node.type !== 'Literal') return (f, p, d, e, i) => p['%' + (name(f, p, d, e, i) as string)]
  const key = `%${String(node.value)}`
  return (_, params) => params[key]
}

type Maker = (nodes: readonly VegaNode[], args: readonly Closure[]) => Closure | undefined

/** Calls that do more or less than give a function the values of all their arguments. Undefined: too few arguments. */
export const SPECIAL: Readonly<Record<string, Maker>> = {
  if: (_, [test, yes, no]) =>
    test && yes && no && ((f, p, d, e, i) => (test(f, p, d, e, i) ? yes(f, p, d, e, i) : no(f, p, d, e, i))),
  // in the order in which Vega's own code evaluates them
  clamp: (_, [value, low, high]) =>
    value &&
    low &&
    high &&
    ((f, p, d, e, i) =>
      Math.max(low(f, p, d, e, i) as number, Math.min(high(f, p, d, e, i) as number, value(f, p, d, e, i) as number))),
  _scale: ([node], [name, value]) => {
    const scale = node && name && scaleOf(node, name)
    return scale && value && ((f, p, d, e, i) => (scale(f, p, d, e, i) as Scale)(value(f, p, d, e, i)))
  },
  _range: ([node], [name]) => {
    const scale = node && name && scaleOf(node, name)
    return scale && ((f, p, d, e, i) => (scale(f, p, d, e, i) as Scale).range())
  },
  _bandwidth: ([node], [name]) => {
    const scale = node && name && scaleOf(node, name)
    return (
      scale &&
      ((f, p, d, e, i) => {
        const found = scale(f, p, d, e, i) as Scale | undefined
        return found?.bandwidth ? found.bandwidth() : 0
      })
    )
  },
}
