/** Streamlit's colours and fonts as a Vega config, read from the custom properties around an element. */
export const streamlitTheme = (element: Element): Readonly<Record<string, unknown>> => {
  const styles = getComputedStyle(element)
  const value = (name: string): string | undefined => styles.getPropertyValue(`--st-${name}`).trim() || undefined
  const list = (name: string): readonly string[] | undefined =>
    value(name)
      ?.split(',')
      .map((colour) => colour.trim())
  const text = value('text-color')
  const lines = value('border-color-light') ?? value('border-color')
  const font = value('font')
  const heading = value('heading-font') ?? font
  return {
    background: 'transparent',
    font,
    view: { stroke: 'transparent' },
    title: { color: value('heading-color') ?? text, font: heading, anchor: 'start' },
    axis: {
      labelColor: text,
      titleColor: text,
      domainColor: lines,
      tickColor: lines,
      gridColor: lines,
      titleFontWeight: 'normal',
    },
    legend: { labelColor: text, titleColor: text, titleFontWeight: 'normal' },
    header: { labelColor: text, titleColor: text },
    mark: { color: list('chart-categorical-colors')?.[0] ?? value('primary-color') },
    range: {
      category: list('chart-categorical-colors'),
      ramp: list('chart-sequential-colors'),
      heatmap: list('chart-sequential-colors'),
      diverging: list('chart-diverging-colors'),
    },
  }
}
