import * as React from 'react'

export type NoteKind = 'error' | 'warning' | 'empty'

const OVERLAY: React.CSSProperties = { position: 'absolute', left: 0, right: 0, zIndex: 2, pointerEvents: 'none' }

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

const OVER: Readonly<Record<NoteKind, React.CSSProperties>> = {
  error: { ...OVERLAY, top: 0, backdropFilter: 'blur(12px)' },
  warning: { ...OVERLAY, top: 0, backdropFilter: 'blur(12px)' },
  empty: { ...OVERLAY, top: '35%' },
}

const ROLES: Readonly<Record<NoteKind, 'alert' | 'status'>> = { error: 'alert', warning: 'status', empty: 'status' }

interface NoteProps {
  readonly kind: NoteKind
  readonly text: string
  /** Lie over the chart, which then neither moves nor stops taking the pointer, such as in the middle of a brush. */
  readonly over: boolean
}

/** One sentence about the chart, in the page's own font and colour. */
export const Note = ({ kind, text, over }: NoteProps): React.ReactElement => (
  <div
    role={ROLES[kind]}
    className={`magpie-note magpie-${kind}`}
    style={{ fontSize: '0.875em', overflowWrap: 'anywhere', ...STYLES[kind], ...(over ? OVER[kind] : {}) }}
  >
    {text}
  </div>
)
