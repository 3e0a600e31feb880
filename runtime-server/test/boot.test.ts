// Protects: a program runs from the code kept of this very text, whole, and is never ended by what it keeps.
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { beforeEach, expect, onTestFinished, test } from 'vitest'

const BOOT = fileURLToPath(new URL('../boot.mjs', import.meta.url))
const LONG_AGO = new Date('2001-01-01T00:00:00Z')
let folder: string

/** Of the same length for words of the same length. */
const write = (word: string): void =>
  writeFileSync(
    join(folder, 'main.cjs'),
    `const { writeFileSync } = require('node:fs')
const say = () => process.stdout.write('${word}')
say()
if (process.argv[2] === 'replaced') writeFileSync(__filename, 'throw new Error()')
globalThis.magpieKeepCompiled()
`,
  )

const run = (...args: readonly string[]): string =>
  execFileSync(process.execPath, [join(folder, 'main.mjs'), ...args], { encoding: 'utf8' })

const kept = (): readonly string[] => readdirSync(folder).filter((name) => name.includes('.compiled'))

const onlyKept = (): string => {
  const [name = '', ...others] = kept()
  expect([name, others]).toEqual([expect.stringMatching(/^main\.cjs-[0-9a-f]{16}-v.*\.compiled$/), []])
  return join(folder, name)
}

const age = (path: string): void => utimesSync(path, LONG_AGO, LONG_AGO)
const isOld = (path: string): boolean => statSync(path).mtimeMs === LONG_AGO.getTime()

/** Left beside the program by others. */
const leave = (name: string): string => {
  const path = join(folder, name)
  writeFileSync(path, 'code')
  return path
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  copyFileSync(BOOT, join(folder, 'main.mjs'))
  write('one')
})

test('code is kept, and then left as it is', () => {
  expect(run()).toBe('one')
  age(onlyKept())
  expect(run()).toBe('one')
  expect(isOld(onlyKept())).toBe(true)
})

test.each([
  ['cut short', (bytes: Buffer) => bytes.subarray(0, bytes.length / 2)],
  ['empty', () => Buffer.alloc(0)],
  ['altered', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([1 + (bytes.at(-1) ?? 0)])])],
  ['of another V8', () => Buffer.concat([createHash('sha256').update(Buffer.alloc(500)).digest(), Buffer.alloc(500)])],
])('code that is %s is kept anew', (_what, spoil) => {
  run()
  const path = onlyKept()
  writeFileSync(path, spoil(readFileSync(path)))
  age(path)
  expect(run()).toBe('one')
  expect(isOld(onlyKept())).toBe(false)
  age(path)
  run()
  expect(isOld(onlyKept())).toBe(true)
})

test('the code of one text is not run for another of the same length', () => {
  run()
  const before = onlyKept()
  write('two')
  expect(run()).toBe('two')
  expect(onlyKept()).not.toBe(before)
})

test('what killed processes have left is removed, and what others are writing is not', () => {
  age(leave('main.cjs-0123456789abcdef-v20.0.0-x64.compiled.17'))
  const writing = leave('main.cjs-0123456789abcdef-v20.0.0-x64.compiled.18')
  const another = leave('other.cjs-0123456789abcdef-v20.0.0-x64.compiled')
  age(another)
  run()
  expect([kept().length, existsSync(writing), existsSync(another)]).toEqual([3, true, true])
})

test('a program that was replaced leaves the code of the new one alone', () => {
  const newer = leave('main.cjs-0123456789abcdef-v20.0.0-x64.compiled')
  expect(run('replaced')).toBe('one')
  expect(kept().map((name) => join(folder, name))).toEqual([newer])
})

test('what cannot be removed or written does not end the program', () => {
  mkdirSync(join(folder, 'main.cjs-0123456789abcdef-v20.0.0-x64.compiled'))
  const older = leave('main.cjs-fedcba9876543210-v20.0.0-x64.compiled')
  expect(run()).toBe('one')
  expect(existsSync(older)).toBe(false)
  const [path = ''] = kept()
    .map((name) => join(folder, name))
    .filter((name) => statSync(name).isFile())
  rmSync(path)
  mkdirSync(path)
  expect(run()).toBe('one')
})
