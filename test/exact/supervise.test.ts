import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { supervise } from './supervise.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-supervise-'))
})
afterAll(() => {
  rmSync(folder, { recursive: true })
})

/** Runs cases 0 to 3 in a module that says `at` and `done` of each, and does something in case 1. */
async function supervised(does: string): Promise<readonly string[]> {
  const child = join(folder, 'child.mjs')
  const text = `
    const say = (kind, n) => new Promise((resolve) => process.send({ kind, n }, resolve))
    for (let n = Number(process.argv[2]); n < 4; n += 1) {
      await say('at', n)
      if (n === 1) { ${does} }
      await say('done', n)
    }
    process.disconnect()`
  writeFileSync(child, text)
  const heard: string[] = []
  await supervise<{ readonly kind: string; readonly n: number }>({
    child,
    args: (first) => [first],
    first: 0,
    last: 4,
    limit: 6000,
    take: ({ kind, n }) => void (kind === 'done' && heard.push(`${n} done`)),
    ended: (n, how) => void heard.push(`${n} ${how}`),
  })
  return heard
}

// Protects: a search says of a chart that takes its process down that it did, and of processes that never start that nothing ran.
describe('cases in processes of their own', () => {
  test.each([
    ['hangs', 'for (;;);', '1 hangs'],
    ['throws', 'process.exit(3)', '1 ends the process (3)'],
  ])('one that %s ends nothing else', async (_what, does, told) => {
    expect(await supervised(does)).toEqual(['0 done', told, '2 done', '3 done'])
  })

  test('a process that does not start is an error', async () => {
    const child = join(folder, 'ends.mjs')
    writeFileSync(child, 'process.exit(1)')
    const run = { child, args: () => [], first: 0, last: 4, limit: 60_000 }
    const none = () => expect.unreachable()
    await expect(supervise({ ...run, take: none, ended: none })).rejects.toThrow('does not start')
  })
})
