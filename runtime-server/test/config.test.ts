// Protects: the precedence of flags, environment, file and defaults, and that a wrong option is named, with its place.
import { describe, expect, test } from 'vitest'
import { helpText, readConfig } from '../src/config.ts'
import type { Config } from '../src/config.ts'

const SECRET = 'a secret of some length'

const read = (
  argv: readonly string[],
  env: Record<string, string> = {},
  files: Record<string, string> = {},
): Config => {
  const command = readConfig({
    argv,
    env: { MAGPIE_SECRET: SECRET, ...env },
    readFile: (path) => {
      const content = files[path]
      if (content === undefined) throw new Error(`no such file: ${path}`)
      return content
    },
  })
  if (command.kind !== 'serve') throw new Error(`unexpected ${command.kind}`)
  return command.config
}

test('--help is what the documentation shows', async () => {
  await expect(helpText()).toMatchFileSnapshot('golden/help.txt')
})

test('flags come before the environment, the environment before the file, the file before the defaults', () => {
  const files = { 'c.json': '{"port": 1, "threads": 2, "maxQueued": 3}' }
  const config = read(['--config', 'c.json', '--port', '7'], { MAGPIE_PORT: '8', MAGPIE_THREADS: '9' }, files)
  expect(config).toMatchObject({ port: 7, threads: 9, maxQueued: 3, host: '127.0.0.1' })
})

test('an empty variable counts as not given; the file may be named by the environment', () => {
  expect(read([], { MAGPIE_HOST: '', MAGPIE_CONFIG: 'c' }, { c: '{"host": "::1"}' }).host).toBe('::1')
})

test.each([
  ['1024', 1024],
  ['2KiB', 2048],
  ['1.5 GB', 1_500_000_000],
  ['16mi', 16 * 2 ** 20],
])('%s is an amount of bytes', (text, amount) => {
  expect(read(['--cache-bytes', text]).cacheBytes).toBe(amount)
})

test('lists: several flags, commas, JSON', () => {
  expect(read(['--files', '/a', '--files', '/b,/c']).files).toEqual(['/a', '/b', '/c'])
  expect(read([], { MAGPIE_PARENT_PIDS: '1,2' }).parentPids).toEqual(['1', '2'])
  expect(read(['--config', 'c'], {}, { c: '{"parentPids": [1, 2]}' }).parentPids).toEqual(['1', '2'])
})

test('the secret file wins over the secret', () => {
  expect(read(['--secret-file', 's'], {}, { s: 'another secret, from a file\n' }).secret).toBe(
    'another secret, from a file',
  )
})

describe('what is wrong is named', () => {
  test.each<[string, readonly string[], Record<string, string>, string]>([
    ['a flag', ['--port', '70000'], {}, '--port'],
    ['a variable', [], { MAGPIE_CACHE_BYTES: 'lots' }, 'MAGPIE_CACHE_BYTES'],
    ['a choice', ['--log-level', 'loud'], {}, '--log-level'],
    ['a short secret', [], { MAGPIE_SECRET: 'short' }, '--secret-file'],
    ['a missing secret file', ['--secret-file', 'nowhere'], {}, 'nowhere'],
  ])('%s', (_what, argv, env, place) => {
    expect(() => read(argv, env)).toThrow(expect.objectContaining({ code: 'bad-request', place }))
  })

  test('unknown flags and unknown keys of the file', () => {
    expect(() => read(['--prot', '1'])).toThrow('--prot')
    expect(() => read(['--config', 'c'], {}, { c: '{"prot": 1}' })).toThrow('prot')
    expect(() => read(['--config', 'c'], {}, { c: '[]' })).toThrow('JSON object')
    expect(() => read(['--config', 'c'], {}, { c: '{' })).toThrow(expect.objectContaining({ code: 'bad-request' }))
  })
})
