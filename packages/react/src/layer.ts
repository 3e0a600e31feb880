/** A place for one drawing, over those of earlier ones. Hidden, though laid out at its true width, until it is shown. */
export interface Layer {
  readonly element: HTMLElement
  show(): void
  visible(): boolean
  remove(): void
}

const HIDDEN: Partial<CSSStyleDeclaration> = {
  position: 'absolute',
  top: '0',
  left: '0',
  right: '0',
  visibility: 'hidden',
}
const SHOWN: Partial<CSSStyleDeclaration> = { position: '', top: '', left: '', right: '', visibility: '' }

export const addLayer = (parent: HTMLElement): Layer => {
  const element = parent.ownerDocument.createElement('div')
  let visible = false
  Object.assign(element.style, HIDDEN, { height: '100%' })
  parent.append(element)
  return {
    element,
    show: () => {
      visible = true
      Object.assign(element.style, SHOWN)
    },
    visible: () => visible,
    remove: () => element.remove(),
  }
}
