import { channelTransport, type Transport } from '@magpie-vega/react'
import type { Answer, Model } from './model.ts'

export interface ModelChannel {
  readonly transport: Transport
  readonly receive: (answer: Answer) => void
}

/** Requests as messages over Panel's own connection: a websocket, or a notebook's comm. */
export const modelChannel = (model: Model): ModelChannel => {
  // Every view of a pane, in every page that shows it, hears all answers: a view knows its own by a number drawn at random.
  const offset = Math.floor(Math.random() * 2 ** 20) * 2 ** 32
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
