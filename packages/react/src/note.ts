import { styled, type Styles } from './styled.ts'

type NoteKind = 'error' | 'warning' | 'empty'

const tinted = (name: string, color: string, tint: string): Styles => ({
  padding: '0.5em 0.75em',
  borderInlineStart: `3px solid var(--magpie-${name}-color, ${color})`,
  background: `var(--magpie-${name}-background, ${tint})`,
})

const STYLES: Readonly<Record<NoteKind, Styles>> = {
  error: tinted('error', '#c0392b', 'rgba(192, 57, 43, 0.1)'),
  warning: tinted('warning', '#b7791f', 'rgba(183, 121, 31, 0.12)'),
  empty: { opacity: '0.65', textAlign: 'center' },
}

// in the viewport as long as the chart is; the pointer goes through, such as in the middle of a brush
const BELOW: Styles = {
  position: 'sticky',
  bottom: '0',
  zIndex: '2',
  pointerEvents: 'none',
  backdropFilter: 'blur(16px)',
}
const INSIDE: Styles = { position: 'absolute', left: '0', right: '0', top: '35%', pointerEvents: 'none' }

const WITH_CHART: Readonly<Record<NoteKind, Styles>> = { error: BELOW, warning: BELOW, empty: INSIDE }

const ROLES: Readonly<Record<NoteKind, 'alert' | 'status'>> = { error: 'alert', warning: 'status', empty: 'status' }

export interface Note {
  readonly kind: NoteKind
  readonly text: string
  /** There is a chart, which the note must not move. */
  readonly withChart: boolean
}

/** One sentence about the chart, in the page's own font and colour. */
export const noteElement = (document: Document, { kind, text, withChart }: Note): HTMLElement => {
  const element = styled(document, `magpie-note magpie-${kind}`, {
    fontSize: '0.875em',
    overflowWrap: 'anywhere',
    ...STYLES[kind],
    ...(withChart ? WITH_CHART[kind] : {}),
  })
  element.setAttribute('role', ROLES[kind])
  element.textContent = text
  return element
}
