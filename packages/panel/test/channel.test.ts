import { expect, it } from 'vitest'
import { modelChannel } from '../src/channel.ts'
import type { Message, Model } from '../src/model.ts'

const model = (sent: Message[]): Model => ({
  page: { props: { spec: {} }, panelTheme: false, via: 'channel' },
  reported_selection: {},
  reported_params: {},
  send_msg: (message) => sent.push(message),
  on: () => undefined,
  off: () => undefined,
})

const idOf = (message: Message | undefined): number => (message?.type === 'request' ? message.id : -1)

/** All views of a pane, in all pages, hear all answers. */
it('takes only the answers to its own requests', async () => {
  const sent: Message[] = []
  const [one, other] = [modelChannel(model(sent)), modelChannel(model(sent))]
  const signal = new AbortController().signal
  const first = one.transport.send('/v1/query', Uint8Array.of(1), signal)
  const second = other.transport.send('/v1/query', Uint8Array.of(2), signal)
  for (const channel of [one, other]) {
    channel.receive({ id: idOf(sent[1]), body: Uint8Array.of(20).buffer })
    channel.receive({ id: idOf(sent[0]), body: Uint8Array.of(10).buffer })
  }
  expect([...(await first), ...(await second)]).toEqual([10, 20])
})
