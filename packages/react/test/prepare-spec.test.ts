import { describe, expect, it } from 'vitest'
import { isVegaLite, prepareSpec } from '../src/prepare-spec.ts'

const bars = { data: { values: [{ a: 1 }] }, mark: 'bar', encoding: { x: { field: 'a' } } }

describe('preparing a spec', () => {
  it('tells Vega-Lite from Vega by schema, else by keys', () => {
    expect(isVegaLite({ $schema: 'https://vega.github.io/schema/vega-lite/v6.json' })).toBe(true)
    expect(isVegaLite({ $schema: 'https://vega.github.io/schema/vega/v6.json', layer: [] })).toBe(false)
    expect([isVegaLite(bars), isVegaLite({ marks: [] })]).toEqual([true, false])
  })

  it('puts a theme, then the spec’s own config, into the config', async () => {
    const dark = await prepareSpec({ ...bars, config: { axis: { grid: false } } }, 'dark')
    expect(dark.vega).toMatchObject({ background: '#333', config: { axis: { grid: false } } })
    const object = await prepareSpec(
      { marks: [], config: { mark: { fill: 'red' } } },
      { background: 'tan', mark: { fill: 'blue' } },
    )
    expect(object.vega).toMatchObject({ config: { background: 'tan', mark: { fill: 'red' } } })
    expect((await prepareSpec(bars, 'no such theme')).vega).toMatchObject({ background: 'white' })
  })

  it('honours usermeta.embedOptions, the theme among them', async () => {
    const usermeta = { embedOptions: { theme: 'dark', renderer: 'svg', actions: true } }
    const { vega, embedOptions } = await prepareSpec({ ...bars, usermeta }, undefined)
    expect(embedOptions).toEqual({ renderer: 'svg', actions: true })
    expect(vega).toMatchObject({ background: '#333' })
  })

  it('says what is wrong with no spec at all', async () => {
    await expect(prepareSpec(null as never, undefined)).rejects.toMatchObject({ name: 'MagpieError', place: 'spec' })
  })
})
