import { channelTransport, type Transport } from '@magpie-vega/react'

/** One request of the chart as it travels to the script, bytes in base64. */
export interface Request {
  readonly id: number
  readonly path: string
  readonly body: string
}

/** The script's answer to the request `id`: bytes in base64, or why there are none. */
export interface Answer {
  readonly id: number
  readonly body?: string
  readonly error?: string
}

const toBase64 = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

export interface ScriptChannel {
  readonly transport: Transport
  /** Hands in an answer that came with the script's data; the same one may come again. */
  answer(answer: Answer | null): void
}

/** Requests by way of the app's script, where its server has no route for them. Each request runs the script. */
export const scriptChannel = (post: (request: Request) => void): ScriptChannel => {
  const transport = channelTransport((id, path, body) => post({ id, path, body: toBase64(body) }))
  return {
    transport,
    answer: (answer) => {
      if (answer === null) return
      transport.answer(
        answer.id,
        answer.body === undefined ? new Error(answer.error ?? 'The app gave no answer') : fromBase64(answer.body),
      )
    },
  }
}
