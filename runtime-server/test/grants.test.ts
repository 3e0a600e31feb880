// Protects: nothing is opened without a valid grant, and the form of a grant, which the Python client mints too.
import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { createGrantReader, mintGrant, readGrants } from '../src/grants.ts'
import type { GrantPayload } from '../src/grants.ts'

const SECRET = 'a secret of some length'
const NOW = 1000
const read = (...payloads: readonly Omit<GrantPayload, 'v'>[]) =>
  readGrants(
    SECRET,
    payloads.map((payload) => mintGrant(SECRET, { v: 1, ...payload })),
    NOW,
  )
const sign = (body: string): string => `${body}.${createHmac('sha256', SECRET).update(body).digest('base64url')}`
const encode = (json: string): string => Buffer.from(json).toString('base64url')

test('the form of a grant is fixed', () => {
  expect(mintGrant('secret', { v: 1, tables: ['ab'], exp: 7 })).toBe(
    'eyJ2IjoxLCJ0YWJsZXMiOlsiYWIiXSwiZXhwIjo3fQ.I7nCO9bhlLLePUoG3nbbLKUn-ZWWLPlyW7XHUEKG8r8',
  )
})

test('nothing is granted without a grant', () => {
  const access = read()
  expect([access.table('a'), access.url('a'), access.url('/'), access.write('a')]).toEqual([false, false, false, false])
})

test('grants add up', () => {
  const access = read({ tables: ['a'] }, { tables: ['b'], urls: ['x.csv'] }, { write: ['c'] })
  expect(['a', 'b', 'c'].map((name) => access.table(name))).toEqual([true, true, false])
  expect([access.url('x.csv'), access.write('c'), access.write('a')]).toEqual([true, true, false])
})

test('what ends in a slash stands for everything below, and for nothing beside or above', () => {
  const access = read({ urls: ['https://host/data/', 'rel/'], files: ['/srv/data/', '/srv/one.csv'] })
  const yes = [
    'https://host/data/a.csv',
    'https://host/data/deep/b.csv',
    'rel/a..b.csv',
    '/srv/data/x',
    'file:///srv/data/x',
    '/srv/one.csv',
  ]
  const no = [
    'https://host/data',
    'https://host/other',
    'https://host/data/../x',
    'https://host/data/%2e%2E/x',
    'https://host/data/..%2fx',
    'rel/..\\x',
    '/srv/data/../x',
    'file:///srv/data/../other',
    'file:///srv/data/%2e%2e/other',
    '/srv/one.csv.bak',
    'file://%zz',
  ]
  expect(yes.filter((url) => !access.url(url))).toEqual([])
  expect(no.filter((url) => access.url(url))).toEqual([])
})

test.each<[string, string, string]>([
  ['', 'form', 'not of the form'],
  ['a.b.c', 'form', 'not of the form'],
  [mintGrant('another secret', { v: 1 }), 'another secret', 'not signed'],
  [
    `${encode('{"v":1,"write":true}')}.${mintGrant(SECRET, { v: 1 }).split('.')[1] ?? ''}`,
    'a changed payload',
    'not signed',
  ],
  [sign(encode('{')), 'no JSON', 'not JSON'],
  [sign(encode('[]')), 'no object', 'no version'],
  [sign(encode('{"v":2}')), 'another version', 'version 2'],
  [sign(encode('{"v":1,"tables":"all"}')), 'a text for a list', 'malformed'],
  [sign(encode('{"v":1,"urls":[1]}')), 'a list of numbers', 'malformed'],
  [mintGrant(SECRET, { v: 1, exp: NOW }), 'the last second', 'expired'],
])('%s (%s) is refused', (token, _what, cause) => {
  expect(() => readGrants(SECRET, [token], NOW)).toThrow(expect.objectContaining({ code: 'not-granted' }))
  expect(() => readGrants(SECRET, [token], NOW)).toThrow(cause)
})

test('one bad grant among good ones is not passed over', () => {
  expect(() => readGrants(SECRET, [mintGrant(SECRET, { v: 1 }), 'x.y'], NOW)).toThrow('not signed')
})

test('grants that were checked before still expire, and nothing else is remembered', () => {
  const read = createGrantReader(SECRET)
  const lasting = mintGrant(SECRET, { v: 1, tables: ['a'] })
  const ending = mintGrant(SECRET, { v: 1, tables: ['b'], exp: 10 })
  for (const now of [8, 9]) expect(read([lasting, ending], now).table('b')).toBe(true)
  expect(() => read([lasting, ending], 10)).toThrow('expired')
  expect(read([lasting], 10).table('b')).toBe(false)
  const forged = mintGrant('another secret', { v: 1, tables: ['a'] })
  for (const _ of [1, 2]) expect(() => read([forged], 8)).toThrow('not signed')
})
