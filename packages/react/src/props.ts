import type { Transport } from '@magpie-vega/client-runtime'

/** A JSON-safe value as it reaches the host: Dates are milliseconds since the epoch, NaN and the infinities are null. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json }

/** An interval selection: per field the two ends, or the list of chosen values of a discrete field. Empty when cleared. */
export interface IntervalSelection {
  readonly type: 'interval'
  readonly value: { readonly [field: string]: readonly Json[] }
  /** The rows of the selection's store, as Vega-Lite keeps them. */
  readonly store: readonly Json[]
}

/** A point selection over fields or encodings: one object per chosen point. Empty when cleared. */
export interface PointSelection {
  readonly type: 'point'
  readonly value: readonly { readonly [field: string]: Json }[]
  readonly store: readonly Json[]
}

/** A point selection without fields: 0-based indices of the chosen rows. Empty when cleared. */
export interface IndexSelection {
  readonly type: 'index'
  readonly value: readonly number[]
  readonly store: readonly Json[]
}

export type Selection = IntervalSelection | PointSelection | IndexSelection

/** Every selection parameter of the spec by name. Typed like Altair's selections. */
export type Selections = { readonly [name: string]: Selection }

/** Every variable parameter of the spec by name. */
export type Params = { readonly [name: string]: Json }

/** An error that the host found before the page could, such as a data frame that cannot be uploaded. */
export interface HostError {
  /** The cause. */
  readonly message: string
  /** JSON pointer into the spec, field or option. */
  readonly place?: string
  readonly remedy?: string
}

/**
 * `loading`: nothing drawn yet; `ready`: drawn and current; `updating`: drawn, newer values are on their way; `reconnecting`:
 * the service cannot be reached, the chart keeps trying; `error`: needs a change of the spec, the data or the service.
 */
export type ChartPhase = 'loading' | 'ready' | 'updating' | 'reconnecting' | 'error'

export interface ChartStatus {
  readonly phase: ChartPhase
  /** One sentence with cause, place and remedy; only while `reconnecting` or in `error`. */
  readonly message?: string
  /** Is a chart visible? It stays visible, under a banner, while the service is away. */
  readonly drawn: boolean
  /** Every drawn data set is empty. */
  readonly empty: boolean
}

/** Properties of `<MagpieChart/>` and `mount`. Only `spec` is needed. */
export interface MagpieChartProps {
  /** A Vega-Lite or Vega specification. Compared by value: an equal spec does not draw the chart again. */
  readonly spec: Readonly<Record<string, unknown>>
  /** Tokens, signed by the Python side, that name what the chart may read. Default: none. */
  readonly grants?: readonly string[]
  /** URLs that the author granted to the service, so that data at these URLs is read there. Default: none. */
  readonly serverUrls?: readonly string[]
  /** Base URL of the relay or the service; requests go to `endpoint + '/v1/query'`. Default: the page's own origin. */
  readonly endpoint?: string
  /** Carries the requests instead of `fetch`, such as over the framework's own channel; then `endpoint` is not used. */
  readonly transport?: Transport
  /** Extra HTTP headers, such as a CSRF token. Default: none. */
  readonly headers?: Readonly<Record<string, string>>
  /** Protocol version of the Python package; a difference is shown with its remedy. Default: not checked. */
  readonly protocolVersion?: number
  /** Version of the Python package, named in that message. */
  readonly packageVersion?: string
  /** Shown in the page instead of the chart. */
  readonly error?: HostError | string
  /** Name of a theme of vega-themes, or a config object. Default: none. */
  readonly theme?: string | Readonly<Record<string, unknown>>
  /** Default: `canvas`. */
  readonly renderer?: 'canvas' | 'svg'
  /** The menu of vega-embed. Default: none. */
  readonly actions?: boolean | Readonly<Record<string, unknown>>
  /** Milliseconds of quiet before `onSelection` and `onParams` report; brushing itself never waits. Default: 50. */
  readonly debounce?: number
  /** IANA name of the viewer's time zone. Default: the browser's. */
  readonly timeZone?: string
  /** After a selection changed: all selections. */
  readonly onSelection?: (selections: Selections) => void
  /** After a variable parameter changed: all parameters. */
  readonly onParams?: (params: Params) => void
  readonly onStatus?: (status: ChartStatus) => void
  /** The service has lost an uploaded table (it restarted, say): upload again, the chart then recovers by itself. */
  readonly onTableMissing?: () => void
}

/** What `mount` returns. */
export interface MountedChart {
  /** Replaces all properties. */
  update(props: MagpieChartProps): void
  /** Removes the chart and frees what it holds. */
  finalize(): void
}
