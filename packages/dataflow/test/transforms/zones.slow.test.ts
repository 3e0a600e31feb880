/// <reference types="node" />
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'

/** Local time is that of the process, so each zone has a process of its own, which runs the tests of timeunit. */
const root = fileURLToPath(new URL('../../../../', import.meta.url))
const zones = ['America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe']

describe.skipIf(process.env['MAGPIE_ZONE'] !== undefined)('timeunit in other time zones', () => {
  for (const zone of zones)
    it(`passes in ${zone}`, async () => {
      const run = promisify(execFile)(
        process.execPath,
        ['node_modules/vitest/vitest.mjs', 'run', 'packages/dataflow/test/transforms/timeunit.test.ts'],
        { cwd: root, env: { ...process.env, TZ: zone, MAGPIE_ZONE: zone } },
      )
      await expect(run.then(({ stdout }) => stdout.includes('passed'))).resolves.toBe(true)
    })
})
