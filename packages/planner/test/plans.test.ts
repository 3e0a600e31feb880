import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as vega from 'vega'
import { describe, expect, test } from 'vitest'
import { explain, plan } from '../src/index.ts'
import { readSpec } from './corpus.ts'
import { deepFreeze } from './deep-freeze.ts'

const SPECS = fileURLToPath(new URL('specs', import.meta.url))
const PLANS = fileURLToPath(new URL('plans', import.meta.url))

/** Golden plans: a change of side, of what crosses, or of a reason is seen in review. `npx vitest run packages/planner -u` */
describe('golden plans', () => {
  test.each(readdirSync(SPECS).sort())('%s', async (file) => {
    const made = plan(deepFreeze(readSpec(join(SPECS, file))))
    const golden = (name: string): string => join(PLANS, file.replace(/\.v[gl]\.json$/, ''), name)
    await expect(json(made.client)).toMatchFileSnapshot(golden('client.vg.json'))
    await expect(json(made.graph)).toMatchFileSnapshot(golden('graph.json'))
    await expect(json({ toServer: made.toServer, toClient: made.toClient })).toMatchFileSnapshot(golden('links.json'))
    await expect(explain(made)).toMatchFileSnapshot(golden('explain.md'))
    vega.parse(structuredClone(made.client) as vega.Spec)
  })
})

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`
