import { parse, View } from 'vega'
import type { Spec, ViewOptions } from 'vega'
import embed from 'vega-embed'
import type { EmbedOptions } from 'vega-embed'
import { dataflowLogger, expressionClosures } from '@magpie-vega/client-runtime'

type Json = Readonly<Record<string, unknown>>

/** A View in the page, and what removes it. */
export interface EmbeddedView {
  readonly view: View
  readonly finalize: () => void
}

/**
 * Embeds a Vega spec. Expressions are evaluated without generating code, so that it runs under a Content-Security-Policy without
 * eval. vega-embed's style sheet is only added where its menu needs it. The element's `vegaView` is the View, for inspection.
 */
export const embedView = async (
  element: HTMLElement,
  spec: Json,
  options: Json,
  onError: (message: string) => void,
): Promise<EmbeddedView> => {
  const { usermeta: _, ...plain } = spec
  const actions = options['actions'] ?? false
  const logger = dataflowLogger(onError, (message) => console.warn(message))
  const result = await embed(
    element,
    plain as Spec,
    {
      renderer: 'canvas',
      defaultStyle: actions !== false,
      ...options,
      actions,
      mode: 'vega',
      logger: logger as unknown as NonNullable<EmbedOptions['logger']>,
      ast: true,
      expr: expressionClosures,
    } as EmbedOptions,
  )
  Object.assign(element, { vegaView: result.view })
  // vega-embed's own sheet would set them apart, with much that a host has its own idea of
  element.querySelectorAll<HTMLElement>('.vega-bind-name, .vega-bind-radio label').forEach(({ style }) => {
    style.marginInlineEnd = '0.5em'
  })
  return { view: result.view, finalize: result.finalize }
}

/** Of a View that nobody sees, and whose errors say nothing since it has no data. */
const unseen = (): ViewOptions => ({
  renderer: 'none',
  expr: expressionClosures,
  logger: dataflowLogger(() => undefined) as unknown as NonNullable<ViewOptions['logger']>,
})

/** What Vega has against a spec before anything runs; undefined: nothing. */
export const refusalOf = (spec: Json): unknown => {
  try {
    new View(parse(structuredClone(spec) as Spec, undefined, { ast: true }), unseen()).finalize()
    return undefined
  } catch (cause) {
    return cause
  }
}

/** A View without a picture, run once, over no data yet. */
export const probeView = async (spec: Json): Promise<View> => {
  const view = new View(parse(spec as Spec, undefined, { ast: true }), unseen())
  await view.runAsync()
  return view
}
