/** The colours and font of the page around an element as a Vega config. Panel's designs set them by CSS. */
export const panelTheme = (element: Element): Readonly<Record<string, unknown>> => {
  const { color, fontFamily } = getComputedStyle(element)
  const lines = {
    domainColor: color,
    domainOpacity: 0.3,
    tickColor: color,
    tickOpacity: 0.3,
    gridColor: color,
    gridOpacity: 0.12,
  }
  return {
    background: 'transparent',
    font: fontFamily,
    view: { stroke: 'transparent' },
    title: { color, anchor: 'start' },
    axis: { labelColor: color, titleColor: color, titleFontWeight: 'normal', ...lines },
    legend: { labelColor: color, titleColor: color, titleFontWeight: 'normal' },
    header: { labelColor: color, titleColor: color },
  }
}
