import * as React from 'react'

const side = (value: unknown, otherwise: string): string =>
  typeof value === 'number' && value > 0 ? `${value}px` : otherwise

/** A quiet box of the size that the chart is going to have, as far as the spec states it. */
export const Skeleton = ({
  spec,
}: {
  readonly spec: Readonly<Record<string, unknown>> | undefined
}): React.ReactElement => (
  <div
    role="status"
    aria-label="Loading chart"
    className="magpie-skeleton"
    style={{
      width: side(spec?.['width'], '100%'),
      maxWidth: '100%',
      height: side(spec?.['height'], 'var(--magpie-skeleton-height, 200px)'),
      background: 'var(--magpie-skeleton-background, currentColor)',
      opacity: 0.06,
      borderRadius: 4,
    }}
  />
)
