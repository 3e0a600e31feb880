import { MagpieError } from '@magpie-vega/protocol'
import type { TableUse } from '@magpie-vega/protocol'
import { compile } from 'vega-lite'
import type { TopLevelSpec } from 'vega-lite'

/** Says which columns of which tables a spec (Vega-Lite or Vega, as JSON text) needs; throws `bad-request`. */
export type Inspect = (spec: string) => readonly TableUse[] | Promise<readonly TableUse[]>

type VegaSpec = Readonly<Record<string, unknown>>

/** `columnUse` is the planner's: the data URLs of a Vega spec, and the columns that somebody reads. */
export function createInspect(columnUse: (spec: VegaSpec) => readonly TableUse[]): Inspect {
  return (text) => columnUse(toVega(parse(text)))
}

function parse(text: string): VegaSpec {
  let spec: unknown
  try {
    spec = JSON.parse(text)
  } catch (cause) {
    throw new MagpieError('bad-request', 'The spec is not JSON', { place: '/spec', cause })
  }
  if (typeof spec !== 'object' || spec === null || Array.isArray(spec)) {
    throw new MagpieError('bad-request', 'The spec is not a JSON object', { place: '/spec' })
  }
  return { ...spec }
}

const silent = {
  level: () => silent,
  error: () => silent,
  warn: () => silent,
  info: () => silent,
  debug: () => silent,
}

function toVega(spec: VegaSpec): VegaSpec {
  if (!isVegaLite(spec)) return spec
  try {
    // Whatever is wrong with the spec, the compiler says so.
    return { ...compile(spec as unknown as TopLevelSpec, { logger: silent }).spec }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new MagpieError('bad-request', `Vega-Lite does not accept the spec: ${reason}`, { place: '/spec', cause })
  }
}

function isVegaLite(spec: VegaSpec): boolean {
  if (typeof spec.$schema === 'string') return spec.$schema.includes('/vega-lite/')
  return !('marks' in spec)
}
