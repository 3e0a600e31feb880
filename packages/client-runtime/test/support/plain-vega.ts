import type { VegaSpec } from '@magpie-vega/planner'
import { parse, View } from 'vega'
import type { Spec } from 'vega'
import { expressionInterpreter } from 'vega-interpreter'
import { dataflowLogger } from '../../src/dataflow-logger.ts'
import { TABLE } from './flights.ts'

/** A View without a page, run once; its errors are added to `errors`. */
export const headless = async (spec: VegaSpec, errors: string[]): Promise<View> => {
  const options = {
    renderer: 'none',
    expr: expressionInterpreter,
    logger: dataflowLogger((error) => errors.push(error)),
  }
  const view = new View(
    parse(spec as Spec, undefined, { ast: true }),
    options as unknown as ConstructorParameters<typeof View>[1],
  )
  return view.runAsync()
}

/** The spec with rows in place of the table. */
export const inline = (spec: VegaSpec, rows: readonly unknown[]): VegaSpec =>
  JSON.parse(JSON.stringify(spec), (_, value: unknown) => {
    if (typeof value !== 'object' || value === null || !('url' in value) || value.url !== TABLE) return value
    const { url: _url, format: _format, ...rest } = value as Record<string, unknown>
    return { ...rest, values: rows }
  }) as VegaSpec

/** The elements of a picture. Their order is left out: that of groups depends in Vega on what was selected before. */
export const picture = async (view: View): Promise<readonly string[]> =>
  (await view.toSVG())
    .replace(/clip\d+/g, 'clip')
    .split('<')
    .sort()
