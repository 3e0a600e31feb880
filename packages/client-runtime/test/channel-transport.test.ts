import { encodeError, MagpieError } from '@magpie-vega/protocol'
import { describe, expect, it } from 'vitest'
import { askService } from '../src/ask-service.ts'
import { channelTransport } from '../src/channel-transport.ts'
import { SUMS } from './support/sums.ts'

const never = new AbortController().signal

describe('the channel transport', () => {
  it('pairs answers with requests by their id, in any order', async () => {
    const posted: [number, string, number[]][] = []
    const transport = channelTransport((id, path, body) => posted.push([id, path, [...body]]))
    const first = transport.send('/v1/query', new Uint8Array([1]), never)
    const second = transport.send('/v1/query', new Uint8Array([2]), never)
    expect(posted).toEqual([
      [1, '/v1/query', [1]],
      [2, '/v1/query', [2]],
    ])
    transport.answer(2, new Uint8Array([20]))
    transport.answer(1, new Uint8Array([10]))
    expect([await first, await second]).toEqual([new Uint8Array([10]), new Uint8Array([20])])
  })

  it('ignores an answer that nobody waits for, or that comes twice', async () => {
    const transport = channelTransport(() => undefined)
    transport.answer(5, new Uint8Array())
    const sent = transport.send('/v1/query', new Uint8Array(), never)
    transport.answer(1, new Uint8Array([1]))
    transport.answer(1, new Error('late'))
    expect(await sent).toEqual(new Uint8Array([1]))
  })

  it('rejects what was given up, what the host refused, and what was open when the channel closed', async () => {
    const transport = channelTransport(() => undefined)
    const controller = new AbortController()
    const given = transport.send('/v1/query', new Uint8Array(), controller.signal)
    controller.abort()
    await expect(given).rejects.toMatchObject({ code: 'cancelled' })
    await expect(transport.send('/v1/query', new Uint8Array(), controller.signal)).rejects.toMatchObject({
      code: 'cancelled',
    })
    const refused = transport.send('/v1/query', new Uint8Array(), never)
    transport.answer(2, new Error('no'))
    await expect(refused).rejects.toThrow('no')
    const open = transport.send('/v1/query', new Uint8Array(), never)
    transport.close()
    await expect(open).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('calls a channel that cannot post unreachable', async () => {
    const transport = channelTransport(() => {
      throw new Error('the socket is closed')
    })
    await expect(transport.send('/v1/query', new Uint8Array(), never)).rejects.toMatchObject({ code: 'unreachable' })
  })

  it('carries the body of a failed request, which then rejects with the error inside', async () => {
    const transport = channelTransport(() => undefined)
    const question = { plan: SUMS, wanted: [0], roots: [1, 2, 3], hash: undefined, timeZone: 'UTC', grants: [] }
    const asked = askService(question, transport, never)
    await Promise.resolve()
    transport.answer(1, encodeError(new MagpieError('not-granted', 'No grant names this table')))
    await expect(asked).rejects.toMatchObject({ code: 'not-granted', message: 'No grant names this table' })
    const garbled = askService(question, transport, never)
    await Promise.resolve()
    transport.answer(2, new TextEncoder().encode('<html>not ours</html>'))
    await expect(garbled).rejects.toBeInstanceOf(MagpieError)
  })
})
