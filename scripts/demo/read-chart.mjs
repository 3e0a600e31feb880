/**
 * What the first chart of a page shows, read out of its Vega View. Runs in the page, so it stands alone.
 * @param {readonly string[]} views fields of the histograms, from left to right
 * @returns {{phase: string, bars: [number, number][][], plot: {x: number, y: number, width: number, height: number}, brush: [number, number] | undefined} | undefined}
 *   `bars`: start and height, in rows, of the coloured bars of each view; `plot`: the first plot on the page
 */
export function readChart(views) {
  const all = (root) =>
    [...root.querySelectorAll('*')].flatMap((element) => [
      element,
      ...(element.shadowRoot ? all(element.shadowRoot) : []),
    ])
  const elements = all(document)
  const holder = elements.find((element) => element.vegaView !== undefined)
  const phase = elements.find((element) => element.dataset?.magpiePhase !== undefined)?.dataset.magpiePhase
  if (holder === undefined || phase === undefined) return undefined
  const view = holder.vegaView
  const marks = (group) =>
    group.items.flatMap((mark) => [mark, ...(mark.marktype === 'group' ? mark.items.flatMap(marks) : [])])
  const rects = marks(view.scenegraph().root.items[0])
    .filter((mark) => mark.marktype === 'rect' && mark.items[0]?.datum?.__count !== undefined)
    .flatMap((mark) => mark.items)
    .filter((item) => item.fill !== '#dcdfe4')
  const startOf = (datum, field) =>
    Object.entries(datum).find(([key]) => key.startsWith('bin_') && key.endsWith(`_${field}`))?.[1]
  const bars = views.map((field) =>
    rects.flatMap((item) =>
      startOf(item.datum, field) === undefined ? [] : [[startOf(item.datum, field), item.datum.__count]],
    ),
  )
  const group = marks(view.scenegraph().root.items[0]).find(
    (mark) => mark.marktype === 'group' && mark.role === 'scope',
  ).items[0]
  const canvas = holder.querySelector('canvas, svg').getBoundingClientRect()
  const [left, top] = view.origin()
  const plot = { x: canvas.x + left + group.x, y: canvas.y + top + group.y, width: group.width, height: group.height }
  const values = view.data('distance_store')[0]?.values[0]
  return { phase, bars, plot, brush: values === undefined ? undefined : [...values] }
}
