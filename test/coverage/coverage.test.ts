import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { unknownEntries } from './coverage.ts'
import { FILE, formatted } from './ledger.ts'

// A new version of Vega may bring transforms, parameters, operations and functions; each needs a place to run.
describe('the ledger of what runs where', () => {
  it('knows every transform and function that Vega registers', () => {
    expect(unknownEntries()).toEqual([])
  })

  it('is committed as it is: `npm run coverage` writes it', async () => {
    expect(readFileSync(FILE, 'utf8')).toBe(await formatted())
  })
})
