import * as React from 'react'
import { Note } from './note.tsx'
import type { ChartStatus } from './props.ts'
import { Skeleton } from './skeleton.tsx'

interface FrameProps {
  readonly status: ChartStatus
  readonly spec: Readonly<Record<string, unknown>> | undefined
  readonly children: React.ReactNode
}

const HIDDEN: React.CSSProperties = { position: 'absolute', top: 0, left: 0, right: 0, visibility: 'hidden' }

/** What stands around the chart: the skeleton before it; notes of an error, a lost connection or an empty result below or in it. */
export const Frame = ({ status, spec, children }: FrameProps): React.ReactElement => {
  const height = spec?.['height'] === 'container' ? '100%' : undefined
  return (
    <div
      className="magpie-chart"
      data-magpie-phase={status.phase}
      aria-busy={status.phase === 'loading' || status.phase === 'updating'}
      style={{ position: 'relative', width: '100%', height }}
    >
      {status.phase === 'loading' ? <Skeleton spec={spec} /> : null}
      <div style={{ height, ...(status.drawn ? { position: 'relative' } : HIDDEN) }}>{children}</div>
      {status.drawn && status.empty ? <Note kind="empty" text="No rows" withChart /> : null}
      {status.message === undefined ? null : (
        <Note kind={status.phase === 'error' ? 'error' : 'warning'} text={status.message} withChart={status.drawn} />
      )}
    </div>
  )
}
