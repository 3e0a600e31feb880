import * as React from 'react'

export type NoteKind = 'error' | 'warning' | 'empty'

const tinted = (name: string, color: string, tint: string): React.CSSProperties => ({
  padding: '0.5em 0.75em',
  borderInlineStart: `3px solid var(--magpie-${name}-color, ${color})`,
  background: `var(--magpie-${name}-background, ${tint})`,
})

const STYLES: Readonly<Record<NoteKind, React.CSSProperties>> = {
  error: tinted('error', '#c0392b', 'rgba(192, 57, 43, 0.1)'),
  warning: tinted('warning', '#b7791f', 'rgba(183, 121, 31, 0.12)'),
  empty: { opacity: 0.65, textAlign: 'center' },
}

// in the viewport as long as the chart is; the pointer goes through, such as in the middle of a brush
const BELOW: React.CSSProperties = {
  position: 'sticky',
  bottom: 0,
  zIndex: 2,
  pointerEvents: 'none',
  backdropFilter: 'blur(16px)',
}
const INSIDE: React.CSSProperties = { position: 'absolute', left: 0, right: 0, top: '35%', pointerEvents: 'none' }

const WITH_CHART: Readonly<Record<NoteKind, React.CSSProperties>> = { error: BELOW, warning: BELOW, empty: INSIDE }

const ROLES: Readonly<Record<NoteKind, 'alert' | 'status'>> = { error: 'alert', warning: 'status', empty: 'status' }

interface NoteProps {
  readonly kind: NoteKind
  readonly text: string
  /** There is a chart, which the note must not move. */
  readonly withChart: boolean
}

/** One sentence about the chart, in the page's own font and colour. */
export const Note = ({ kind, text, withChart }: NoteProps): React.ReactElement => (
  <div
    role={ROLES[kind]}
    className={`magpie-note magpie-${kind}`}
    style={{ fontSize: '0.875em', overflowWrap: 'anywhere', ...STYLES[kind], ...(withChart ? WITH_CHART[kind] : {}) }}
  >
    {text}
  </div>
)
