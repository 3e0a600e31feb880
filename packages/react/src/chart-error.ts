import { MagpieError, PROTOCOL_VERSION } from '@magpie-vega/client-runtime'
import type { HostError, MagpieChartProps } from './props.ts'

const fromHost = (error: HostError | string): MagpieError =>
  typeof error === 'string'
    ? new MagpieError('internal', error)
    : new MagpieError('internal', error.message, {
        ...(error.place === undefined ? {} : { place: error.place }),
        ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
      })

/** What keeps a chart from being drawn before anything is asked: the host's own error, or a page older than its host. */
export const errorBefore = ({ error, protocolVersion, packageVersion }: MagpieChartProps): MagpieError | undefined => {
  if (error !== undefined && error !== null) return fromHost(error)
  if (protocolVersion === undefined || protocolVersion === null || protocolVersion === PROTOCOL_VERSION)
    return undefined
  const named = packageVersion === undefined ? 'The Python package' : `The Python package ${packageVersion}`
  return new MagpieError(
    'version-mismatch',
    `${named} speaks version ${protocolVersion} of the protocol, this page speaks version ${PROTOCOL_VERSION}`,
    { remedy: 'Reload the page without its cache; if this stays, install matching versions and restart the app.' },
  )
}

/** An error of drawing the chart. */
export const errorOf = (cause: unknown): MagpieError =>
  cause instanceof MagpieError
    ? cause
    : new MagpieError(
        'unsupported',
        `The chart cannot be drawn: ${cause instanceof Error ? cause.message : String(cause)}`,
        {
          remedy: 'Check the chart’s specification.',
          cause,
        },
      )
