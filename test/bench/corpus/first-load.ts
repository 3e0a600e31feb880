import { compareSnapshots } from '../../exact/compare.ts'
import { vegaSpecOf, type CorpusSpec } from '../../exact/corpus.ts'
import type { DataServer } from '../../exact/data-server.ts'
import { newTally } from '../../exact/difference.ts'
import { namesOf, runView, snapshot } from '../../exact/oracle.ts'
import { openPlanned } from '../../exact/planned.ts'
import { runSpec } from '../../exact/run-spec.ts'
import type { RunningService } from '../../exact/service.ts'
import type { VegaFusionPeer } from '../peers/vegafusion-peer.ts'
import { added, countedLoader, countedTransport, textBytes, type Bytes } from './counted.ts'

export interface Ground {
  readonly data: DataServer
  readonly service: RunningService
  readonly vegaFusion: VegaFusionPeer | undefined
}

/** What the first load of one chart moves between page and servers: the compiled spec, what Vega loads, questions and answers. */
export interface FirstLoad {
  readonly path: string
  readonly magpie: Bytes
  readonly requests: number
  readonly vega: Bytes
  /** Undefined when VegaFusion takes no part, or not this spec. */
  readonly vegaFusion: Bytes | undefined
  /** Why it does not take it. */
  readonly refusal: string | undefined
}

const SEED = 42

/** Loads one chart in each way; undefined when Vega alone fails. Throws when our chart is not Vega's. */
export async function firstLoad(entry: CorpusSpec, ground: Ground): Promise<FirstLoad | undefined> {
  const { data, service } = ground
  const { spec, urls } = data.localise(vegaSpecOf(entry))
  const text = textBytes(JSON.stringify(spec))
  const plain = countedLoader(data)
  const oracle = await runView(spec, plain.loader, SEED).catch(() => undefined)
  if (oracle === undefined || oracle.errors.length > 0) return undefined
  const ours = countedLoader(data)
  const wire = countedTransport(service.url)
  try {
    const options = { data, service, timeZone: 'UTC', placement: 'cost' } as const
    const chart = await openPlanned(structuredClone(spec), {
      ...options,
      urls,
      loader: ours.loader,
      seed: SEED,
      transport: wire.transport,
    })
    const expected = snapshot(oracle.view, namesOf(spec))
    const found = compareSnapshots(expected, snapshot(chart.view, namesOf(chart.plan.client)), newTally())
    chart.finalize()
    // a chart that differs from itself cannot be compared; the checks of exactness tell
    if (found !== undefined && (await runSpec(entry, options)).kind !== 'skipped')
      throw new Error(`${entry.path}: ours is not Vega’s picture: ${found}`)
    return {
      path: entry.path,
      magpie: added([text, wire.bytes(), ours.bytes()]),
      requests: wire.requests(),
      vega: added([text, plain.bytes()]),
      ...(await transformed(spec, ground)),
    }
  } finally {
    oracle.view.finalize()
  }
}

/** What VegaFusion leaves: its spec with the rows in it, and the loads that stay with the browser. */
async function transformed(
  spec: Readonly<Record<string, unknown>>,
  { data, vegaFusion }: Ground,
): Promise<Pick<FirstLoad, 'vegaFusion' | 'refusal'>> {
  if (vegaFusion === undefined) return { vegaFusion: undefined, refusal: undefined }
  try {
    const { spec: text } = await vegaFusion.transformed(spec)
    const rest = countedLoader(data)
    const { view } = await runView(JSON.parse(text) as Readonly<Record<string, unknown>>, rest.loader, SEED)
    view.finalize()
    return { vegaFusion: added([textBytes(text), rest.bytes()]), refusal: undefined }
  } catch (cause) {
    const sentence = cause instanceof Error ? cause.message : String(cause)
    return { vegaFusion: undefined, refusal: sentence.split('\n')[0]?.slice(0, 160) }
  }
}
