import { expect, it } from 'vitest'
import { scriptChannel, type Request } from '../src/channel.ts'

const open = () => {
  const requests: Request[] = []
  return { requests, channel: scriptChannel((request) => requests.push(request)) }
}

it('carries every byte there and back', async () => {
  const { requests, channel } = open()
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index)
  const answer = channel.transport.send('/v1/query', bytes, new AbortController().signal)
  const [request] = requests
  channel.answer({ id: request?.id ?? 0, body: request?.body ?? '' })
  expect(await answer).toEqual(bytes)
})

it('ignores an answer that it has had, and none', () => {
  const { channel } = open()
  expect(() => channel.answer({ id: 7, body: '' })).not.toThrow()
  expect(() => channel.answer(null)).not.toThrow()
})

it('fails with the reason that the app gives', async () => {
  const { requests, channel } = open()
  const answer = channel.transport.send('/v1/query', new Uint8Array(), new AbortController().signal)
  channel.answer({ id: requests[0]?.id ?? 0, error: 'no service' })
  await expect(answer).rejects.toThrow('no service')
})
