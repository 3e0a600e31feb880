import { channelTransport, type Transport } from '@magpie-vega/react'
import type { Answer, Model } from './model.ts'

export interface ModelChannel {
  readonly transport: Transport
  readonly receive: (answer: Answer) => void
}

let views = 0

/** Requests as messages over Panel's own connection: a websocket, or a notebook's comm. */
export const modelChannel = (model: Model): ModelChannel => {
  // A pane that is shown twice has one model: the answers of all its views arrive at each.
  const offset = views++ * 2 ** 32
  const transport = channelTransport((id, path, body) =>
    model.send_msg({ type: 'request', id: offset + id, path, body: new Uint8Array(body).buffer }),
  )
  return {
    transport,
    receive: ({ id, body, error }) =>
      transport.answer(
        id - offset,
        body === undefined ? new Error(error ?? 'The app gave no answer') : new Uint8Array(body),
      ),
  }
}
