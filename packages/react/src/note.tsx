import * as React from 'react'

export type NoteKind = 'error' | 'warning' | 'empty'

const STYLES: Readonly<Record<NoteKind, React.CSSProperties>> = {
  error: { borderInlineStart: '3px solid var(--magpie-error-color, #c0392b)', background: 'var(--magpie-error-background, rgba(192, 57, 43, 0.08))' },
  warning: { borderInlineStart: '3px solid var(--magpie-warning-color, #b7791f)', background: 'var(--magpie-warning-background, rgba(183, 121, 31, 0.1))' },
  empty: { opacity: 0.65, textAlign: 'center' },
}

const ROLES: Readonly<Record<NoteKind, 'alert' | 'status'>> = { error: 'alert', warning: 'status', empty: 'status' }

/** One sentence beside the chart, in the page's own font and colour. */
export const Note = ({ kind, text }: { readonly kind: NoteKind; readonly text: string }): React.ReactElement => (
  <div
    role={ROLES[kind]}
    className={`magpie-note magpie-${kind}`}
    style={{ font: 'inherit', fontSize: '0.875em', color: 'inherit', padding: '0.5em 0.75em', margin: '0 0 0.5em', overflowWrap: 'anywhere', ...STYLES[kind] }}
  >
    {text}
  </div>
)
