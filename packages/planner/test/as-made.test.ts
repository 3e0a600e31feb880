// Protects: a side that goes on with rows gets them as Vega made them, unless it is given all there is to do.
import { expect, test } from 'vitest'
import { asMade } from '../src/index.ts'

const step = (type: string, definition = {}) => ({ type, definition: { type, ...definition } })
const sort = step('collect', { sort: { field: 'v' } })
const [gather, formula, impute, groups] = [step('collect'), step('formula'), step('impute'), step('aggregate')]

test.each<[string, readonly ReturnType<typeof step>[], number, number]>([
  ['nothing is sorted', [formula, gather, formula], 2, 2],
  ['a sort stays with what follows', [formula, sort, formula, formula], 3, 1],
  ['a sort whose rows go on as others does not', [sort, groups, formula], 2, 2],
  ['one whose rows only get company does', [sort, impute, formula], 2, 0],
  ['a sort after the cut', [formula, sort], 1, 1],
  ['all steps', [formula, sort], 2, 2],
])('%s', (_, steps, count, expected) => {
  expect(asMade(steps, count)).toBe(expected)
})
