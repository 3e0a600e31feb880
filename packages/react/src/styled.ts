/** Styles of an element, by the names of their properties in JavaScript. */
export type Styles = Partial<CSSStyleDeclaration>

/** A `div` with inline styles, which a Content-Security-Policy lets a script set. */
export const styled = (document: Document, className: string, styles: Styles): HTMLElement => {
  const element = document.createElement('div')
  element.className = className
  Object.assign(element.style, styles)
  return element
}
