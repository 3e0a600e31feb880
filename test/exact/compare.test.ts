import { expect, test } from 'vitest'
import { compareNarrow, compareSnapshots } from './compare.ts'
import { difference, newTally } from './difference.ts'
import type { Snapshot } from './oracle.ts'

const snapshotOf = (best: object, scene: Snapshot['scene'] = {}): Snapshot => ({
  data: { rows: [{ best }] },
  signals: { found: { best } },
  scene,
})

// Protects: Vega over the columns of a table may be taken for Vega over the whole rows only where nothing but those columns differs.
test('rows without columns that nobody reads hold the same values, at any depth', () => {
  const whole = snapshotOf({ a: 1, b: 2 })
  expect(compareNarrow(whole, snapshotOf({ a: 1 }))).toBeUndefined()
  expect(compareNarrow(whole, snapshotOf({ a: 3 }))).toContain('data rows[0].best.a: 1 became 3')
  expect(compareNarrow(whole, snapshotOf({ a: 1, c: 1 }))).toContain('.c: appeared')
  expect(compareNarrow(whole, { ...snapshotOf({ a: 1 }), data: { rows: [] } })).toContain('1 rows became 0')
  expect(compareNarrow(whole, { ...snapshotOf({ a: 1 }), signals: { found: { best: { a: 4 } } } })).toContain('signals')
  expect(compareNarrow(snapshotOf({}, { x: 1 }), snapshotOf({}))).toContain('scene')
})

// Protects: what may lack properties in one place may not in another, though it was compared before.
test('a pair of objects that was compared loosely is compared again where it counts', () => {
  const [whole, part] = [{ a: 1, b: 2 }, { a: 1 }]
  const tally = newTally()
  expect(difference([{ row: whole }], [{ row: part }], 'loose', tally, 'deep')).toBeUndefined()
  expect(difference(whole, part, 'first', tally, true)).toBeUndefined()
  expect(difference(whole, part, 'strict', tally)).toBe('strict.b: 2 vanished')
})

// Protects: a key that Vega holds with the value undefined is one that a row has.
test('a column that is there at all is there in every row that has it', () => {
  const rows = (...data: readonly object[]): Snapshot => ({ data: { rows: data }, signals: {}, scene: {} })
  const whole = rows({ a: 1, b: 2 }, { a: undefined, b: 3 })
  expect(compareSnapshots(whole, rows({ a: 1 }, { a: undefined }), newTally())).toBeUndefined()
  expect(compareSnapshots(whole, rows({ a: 1 }, {}), newTally())).toContain('rows[1].a: vanished')
})
