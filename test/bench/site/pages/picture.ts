/** A drawn chart: how long until it was to be seen, and its pixels. */
export interface Outcome {
  readonly ms: number
  readonly picture: string
  readonly error?: string
}

/** A turn of the page's event loop that waits for nothing. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => resolve()
    port2.postMessage(undefined)
  })

/** The chart's canvas, or the drawing of a spec that wants SVG, once it is to be seen. */
const visible = async (element: Element): Promise<HTMLCanvasElement | SVGElement> => {
  for (;;) {
    const found = element.querySelector<HTMLCanvasElement | SVGElement>('canvas.marks, svg.marks')
    if (found?.checkVisibility({ visibilityProperty: true }) === true) return found
    await turn()
  }
}

/** Names that Vega counts up from chart to chart. */
const COUNTED = /(clip|gradient_|pattern_)\d+/g

export const outcome = async (element: Element, start: number): Promise<Outcome> => {
  const found = await visible(element)
  const ms = performance.now() - start
  const picture = found instanceof HTMLCanvasElement ? found.toDataURL() : found.outerHTML.replace(COUNTED, '$1')
  return { ms, picture }
}
