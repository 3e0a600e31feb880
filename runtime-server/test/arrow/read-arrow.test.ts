import { Dictionary, Int32, List, Field, Table, tableToIPC, Utf8, vectorFromArray } from 'apache-arrow'
import { expect, test } from 'vitest'
import { readArrow } from '../../src/arrow/read-arrow.ts'
import { rowsFromTable } from '../../src/arrow/table-to-rows.ts'

// Protects: a byte order mark is a character like any other once a text has begun, and texts begin in the middle of a table's bytes.
test('texts that begin with a byte order mark keep it, however they are written', async () => {
  const texts = ['\ufeffa', 'a', null]
  const bytes = tableToIPC(
    new Table({
      plain: vectorFromArray(texts, new Utf8()),
      coded: vectorFromArray(texts, new Dictionary(new Utf8(), new Int32())),
      listed: vectorFromArray([['\ufeffa'], ['a'], null], new List(new Field('item', new Utf8(), true))),
    }),
    'stream',
  )
  expect(rowsFromTable(await readArrow(bytes, 'all', (wall) => wall))).toEqual([
    { plain: '\ufeffa', coded: '\ufeffa', listed: ['\ufeffa'] },
    { plain: 'a', coded: 'a', listed: ['a'] },
    { plain: null, coded: null, listed: null },
  ])
})
