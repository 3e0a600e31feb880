import { Window } from 'happy-dom'

/** A page without a screen: Vega draws SVG into it and hears the events that its elements are sent. */
export interface Page {
  /** A new, empty element of the page. */
  container(): HTMLElement
  /** Takes the page away. */
  close(): Promise<void>
}

const GLOBALS = ['window', 'document'] as const

/** Opens a page as the global `window` and `document`, where Vega looks for them. */
export function openPage(): Page {
  const window = new Window({ url: 'http://localhost/' })
  const values: Readonly<Record<(typeof GLOBALS)[number], unknown>> = { window, document: window.document }
  for (const name of GLOBALS) {
    Object.defineProperty(globalThis, name, { value: values[name], configurable: true, writable: true })
  }
  return {
    container() {
      const element = window.document.createElement('div')
      window.document.body.appendChild(element)
      return element as unknown as HTMLElement
    },
    async close() {
      for (const name of GLOBALS) Reflect.deleteProperty(globalThis, name)
      await window.happyDOM.close()
    },
  }
}
