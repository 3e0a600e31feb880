import { MagpieError } from '@magpie-vega/client-runtime'
import { mergeConfig } from 'vega'
import type { Config, Spec } from 'vega'
import type { Config as LiteConfig, TopLevelSpec } from 'vega-lite'
import * as themes from 'vega-themes'
import { loadOnce } from './load-once.ts'
import type { MagpieChartProps } from './props.ts'
import { vegaLiteParameters, vegaParameters } from './spec-parameters.ts'
import type { SpecParameters } from './spec-parameters.ts'

const vegaLite = loadOnce(() => import('vega-lite'))

type Json = Readonly<Record<string, unknown>>

/** A chart's specification, ready for the planner. */
export interface PreparedSpec {
  /** Vega, with the theme in its config. */
  readonly vega: Json
  readonly parameters: SpecParameters
  /** What the spec's `usermeta.embedOptions` says beyond theme and config. */
  readonly embedOptions: Json
}

const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null && !Array.isArray(value)

const VEGA_LITE_KEYS: readonly string[] = [
  'mark',
  'encoding',
  'layer',
  'concat',
  'hconcat',
  'vconcat',
  'facet',
  'repeat',
  'spec',
]

/** Is this a Vega-Lite spec? By its `$schema`, else by its keys, as vega-embed decides. */
export const isVegaLite = (spec: Json): boolean => {
  const schema = spec['$schema']
  if (typeof schema === 'string') return schema.includes('/vega-lite/')
  return VEGA_LITE_KEYS.some((key) => key in spec)
}

const themeConfig = (theme: unknown): Config => {
  if (isObject(theme)) return theme
  if (typeof theme !== 'string' || theme === 'default' || !Object.hasOwn(themes, theme)) return {}
  const found: unknown = themes[theme as keyof typeof themes]
  return isObject(found) ? found : {}
}

/** Compiles Vega-Lite, and applies the theme. Throws what the compiler throws. */
export const prepareSpec = async (spec: Json, theme: MagpieChartProps['theme']): Promise<PreparedSpec> => {
  if (!isObject(spec))
    throw new MagpieError('bad-request', 'The chart has no specification', {
      place: 'spec',
      remedy: 'Give a Vega-Lite or Vega specification.',
    })
  const usermeta: Json = isObject(spec['usermeta']) ? spec['usermeta'] : {}
  const {
    theme: ownTheme,
    config,
    ...embedOptions
  }: Json = isObject(usermeta['embedOptions']) ? usermeta['embedOptions'] : {}
  const outer = mergeConfig(themeConfig(theme), themeConfig(ownTheme), themeConfig(config))
  if (!isVegaLite(spec)) {
    const own = isObject(spec['config']) ? spec['config'] : {}
    return { vega: { ...spec, config: mergeConfig(outer, own) }, parameters: vegaParameters(spec), embedOptions }
  }
  const { compile } = await vegaLite()
  const compiled: Spec = compile(spec as unknown as TopLevelSpec, { config: outer as LiteConfig }).spec
  return { vega: compiled as unknown as Json, parameters: vegaLiteParameters(spec), embedOptions }
}
