import type { Relation } from '../columns.ts'
import { reason } from '../reason.ts'
import { aggregate } from './aggregate.ts'
import { bin } from './bin.ts'
import { collect } from './collect.ts'
import { countpattern } from './countpattern.ts'
import { cross } from './cross.ts'
import { density } from './density.ts'
import { extent } from './extent.ts'
import { filter } from './filter.ts'
import { flatten } from './flatten.ts'
import { fold } from './fold.ts'
import { formula } from './formula.ts'
import { identifier } from './identifier.ts'
import { impute } from './impute.ts'
import { joinaggregate } from './joinaggregate.ts'
import { LEFT } from './left.ts'
import { lookup } from './lookup.ts'
import { pivot } from './pivot.ts'
import { project } from './project.ts'
import { quantile } from './quantile.ts'
import { sequence } from './sequence.ts'
import { stack } from './stack.ts'
import { timeunit } from './timeunit.ts'
import { window } from './window.ts'
import type { Definition } from './parameter.ts'
import type { Build, Compiled, TransformDef } from './transform.ts'

/** Every transform that SQL can do exactly, by Vega's `type`. What is absent is left to Vega itself. */
export const transforms: ReadonlyMap<string, TransformDef> = new Map(
  [
    aggregate,
    bin,
    collect,
    countpattern,
    cross,
    density,
    extent,
    filter,
    flatten,
    fold,
    formula,
    identifier,
    impute,
    joinaggregate,
    lookup,
    pivot,
    project,
    quantile,
    sequence,
    stack,
    timeunit,
    window,
  ].map((transform) => [transform.type, transform]),
)

/** SQL for one transform of a spec over `input`, or a Reason why Vega has to do it. */
export const compileTransform = (definition: Definition, input: Relation, build: Build): Compiled => {
  const type = String(definition['type'])
  return (
    transforms.get(type)?.sql(definition, input, build) ??
    reason(LEFT.get(type) ?? 'the transform is not done in SQL', type)
  )
}
