import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Row } from '../answers.ts'
import { withFlights, type Spec } from '../charts.ts'
import { benchPython } from './venv.ts'

const PROGRAM = fileURLToPath(new URL('vegafusion_peer.py', import.meta.url))

/** A value of a chart state: what it is, and its new value. */
export interface StateValue {
  readonly namespace: 'signal' | 'data'
  readonly name: string
  readonly scope: readonly number[]
  readonly value: unknown
}

interface Answer {
  readonly ms: number
  readonly rows: readonly (readonly Row[])[]
  readonly updates: readonly StateValue[]
  readonly spec: string
  readonly error?: string
}

/** VegaFusion in a Python process; its times are taken inside Python. */
export interface VegaFusionPeer {
  readonly version: string
  load(parquet: string): Promise<void>
  /** Evaluates data sets from nothing: its cache is cleared before the clock starts. */
  datasets(
    spec: Spec,
    names: readonly string[],
  ): Promise<{ readonly ms: number; readonly rows: readonly (readonly Row[])[] }>
  /** The text of the pre-transformed spec. */
  transformed(spec: Spec): Promise<{ readonly ms: number; readonly spec: string }>
  open(id: number, spec: Spec): Promise<number>
  update(
    id: number,
    updates: readonly StateValue[],
  ): Promise<{ readonly ms: number; readonly updates: readonly StateValue[] }>
  close(): void
}

/** The address under which VegaFusion knows the loaded table. */
const LOADED = { url: 'vegafusion+dataset://flights' }

const revive = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && '$number' in value ? Number(value.$number) : value

export async function vegaFusionPeer(): Promise<VegaFusionPeer> {
  const child = spawn(benchPython(), [PROGRAM], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...process.env, TZ: 'UTC' },
  })
  // its panics come back as answers too
  let complaints = ''
  child.stderr.on('data', (chunk: Buffer) => (complaints = (complaints + chunk.toString()).slice(-4000)))
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const next = async (): Promise<Answer & { readonly version: string }> => {
    const { value, done } = await lines.next()
    if (done === true) throw new Error(`VegaFusion’s process ended: ${complaints}`)
    const answer = JSON.parse(value, revive) as Answer & { readonly version: string }
    if (answer.error !== undefined) throw new Error(`VegaFusion: ${answer.error}`)
    return answer
  }
  const ask = (message: object): Promise<Answer> => {
    child.stdin.write(`${JSON.stringify(message)}\n`)
    return next()
  }
  const { version } = await next()
  const loaded = (spec: Spec): Spec => withFlights(spec, LOADED)
  return {
    version,
    load: async (parquet) => void (await ask({ command: 'load', name: 'flights', parquet })),
    datasets: (spec, names) => ask({ command: 'datasets', spec: loaded(spec), datasets: names }),
    transformed: (spec) => ask({ command: 'transformed', spec }),
    open: async (id, spec) => (await ask({ command: 'open', id, spec: loaded(spec) })).ms,
    update: (id, updates) => ask({ command: 'update', id, updates }),
    close: () => child.kill(),
  }
}
