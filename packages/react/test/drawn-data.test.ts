import { expect, it } from 'vitest'
import { drawnData } from '../src/drawn-data.ts'

it('names what the marks draw, through groups and facets, without the stores of selections', () => {
  const spec = {
    data: [{ name: 'a' }, { name: 'b' }, { name: 'brush_store' }],
    marks: [
      { type: 'rect', from: { data: 'a' } },
      { type: 'group', marks: [{ type: 'rect', from: { data: 'brush_store' } }, { type: 'rule' }] },
      {
        type: 'group',
        from: { facet: { name: 'f', data: 'b', groupby: 'k' } },
        marks: [{ type: 'line', from: { data: 'f' } }],
      },
    ],
  }
  expect(drawnData(spec)).toEqual(['a', 'b'])
})

it('says nothing when a mark draws what only exists inside a group', () => {
  const inner = { type: 'group', data: [{ name: 'inner' }], marks: [{ type: 'rect', from: { data: 'inner' } }] }
  expect(drawnData({ data: [{ name: 'a' }], marks: [{ type: 'rect', from: { data: 'a' } }, inner] })).toEqual([])
  expect(drawnData({ marks: [{ type: 'rule' }] })).toEqual([])
})
