import * as React from 'react'
import { Note } from './note.tsx'
import type { ChartStatus } from './props.ts'
import { Skeleton } from './skeleton.tsx'

interface FrameProps {
  readonly status: ChartStatus
  readonly spec: Readonly<Record<string, unknown>>
  readonly children: React.ReactNode
}

/** What stands around the chart: the skeleton before it, a note for an error, a lost connection or an empty result. */
export const Frame = ({ status, spec, children }: FrameProps): React.ReactElement => (
  <div className="magpie-chart" data-magpie-phase={status.phase} style={{ position: 'relative', width: '100%' }} aria-busy={status.phase === 'loading'}>
    {status.message === undefined ? null : <Note kind={status.phase === 'error' ? 'error' : 'warning'} text={status.message} />}
    {status.phase === 'loading' ? <Skeleton spec={spec} /> : null}
    <div style={status.drawn ? undefined : { position: 'absolute', inset: '0 0 auto 0', visibility: 'hidden' }}>{children}</div>
    {status.drawn && status.empty && status.message === undefined ? <Note kind="empty" text="No rows" /> : null}
  </div>
)
