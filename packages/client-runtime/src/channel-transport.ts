import { MagpieError } from '@magpie-vega/protocol'
import type { Transport } from './transport.ts'

/** A framework's own message channel, such as a websocket that it already holds. */
export interface ChannelTransport extends Transport {
  /** Hand in the answer to the request `id`: the bytes, or why there are none. An unknown or aborted `id` is ignored. */
  answer(id: number, answer: Uint8Array | Error): void
  /** The channel has closed: every open request fails as `unreachable`. */
  close(): void
}

interface Waiting {
  readonly resolve: (bytes: Uint8Array) => void
  readonly reject: (error: Error) => void
}

const closed = (): MagpieError =>
  new MagpieError('unreachable', "The app's own message channel is closed", {
    remedy: 'The chart tries again by itself.',
  })

/** @param post sends one request over the channel; its `id` comes back with the answer. */
export const channelTransport = (post: (id: number, path: string, body: Uint8Array) => void): ChannelTransport => {
  const waiting = new Map<number, Waiting>()
  let last = 0

  const take = (id: number): Waiting | undefined => {
    const found = waiting.get(id)
    waiting.delete(id)
    return found
  }

  return {
    send: (path, body, signal) =>
      new Promise((resolve, reject) => {
        if (signal.aborted) return reject(new MagpieError('cancelled', 'The request was superseded'))
        const id = ++last
        const abort = (): void => take(id)?.reject(new MagpieError('cancelled', 'The request was superseded'))
        signal.addEventListener('abort', abort, { once: true })
        const settle = (): void => signal.removeEventListener('abort', abort)
        waiting.set(id, {
          resolve: (bytes) => (settle(), resolve(bytes)),
          reject: (error) => (settle(), reject(error)),
        })
        try {
          post(id, path, body)
        } catch (cause) {
          take(id)?.reject(
            new MagpieError('unreachable', "The app's own message channel refused the request", { cause }),
          )
        }
      }),
    answer: (id, answer) => {
      const found = take(id)
      if (answer instanceof Uint8Array) found?.resolve(answer)
      else found?.reject(answer)
    },
    close: () => {
      for (const id of [...waiting.keys()]) take(id)?.reject(closed())
    },
  }
}
