import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { Bench } from '../bench.ts'
import { figuresOf } from '../figure.ts'
import { flights } from '../flights.ts'
import { ROOT } from '../places.ts'
import { startService, tableHome } from '../service.ts'

const PROGRAM = fileURLToPath(new URL('../peers/ingest_peer.py', import.meta.url))
/** The project's own Python: the frames go through our Python client. */
const PYTHON = process.env['MAGPIE_PYTHON'] ?? join(ROOT, '.venv', 'bin', 'python')

interface Ingested {
  readonly library: string
  /** Until the service had taken the table. */
  readonly magpie: number
  /** Until it had answered the first question about it. */
  readonly answered: number
  readonly raw: number
  /** Counted by the service. */
  readonly rows: number
}

export const ingest: Bench = {
  name: 'ingest',
  about: 'A frame of five columns to a table that the service can query, and to the first answer about it',
  run: async ({ rows, rounds, real }) => {
    const { parquet, rows: count } = await flights(rows, real)
    const home = tableHome()
    const samples = new Map<string, { magpie: number[]; answered: number[]; raw: number[] }>()
    try {
      for (let round = 0; round < rounds; round += 1) {
        // a service that has seen nothing, so that every table has to be sent
        const fresh = tableHome()
        const service = await startService(fresh)
        const child = spawn(PYTHON, [PROGRAM, parquet, home.folder], {
          stdio: ['ignore', 'pipe', 'inherit'],
          env: { ...process.env, MAGPIE_URL: service.url, MAGPIE_SECRET: fresh.secret },
        })
        for await (const line of createInterface({ input: child.stdout })) {
          const found = JSON.parse(line) as Ingested
          if (found.rows !== count) throw new Error(`${found.library}: ${found.rows} of ${count} rows arrived`)
          const list = samples.get(found.library) ?? { magpie: [], answered: [], raw: [] }
          list.magpie.push(found.magpie)
          list.answered.push(found.answered)
          list.raw.push(found.raw)
          samples.set(found.library, list)
        }
        await service.stop()
        fresh.remove()
      }
    } finally {
      home.remove()
    }
    if (samples.size === 0) throw new Error('No frame was ingested')
    return [...samples].flatMap(([library, { magpie, answered, raw }]) => {
      const about = { bench: 'ingest', rows: count, unit: 'ms' } as const
      const taken = new Map([
        ['magpie', magpie],
        ['raw write of the Arrow bytes', raw],
      ])
      return [
        ...figuresOf({ ...about, case: library, subjects: taken }),
        ...figuresOf({ ...about, case: `${library}: first answer`, subjects: new Map([['magpie', answered]]) }),
      ]
    })
  },
}
