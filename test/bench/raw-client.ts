import { connect, type Socket } from 'node:net'
import { performance } from 'node:perf_hooks'

/** What many connections at once got from a server. */
export interface Load {
  readonly perSecond: number
  /** Milliseconds of each answer. */
  readonly latencies: readonly number[]
}

const requestBytes = (url: URL, path: string, body: Uint8Array): Buffer =>
  Buffer.concat([
    Buffer.from(
      `POST ${path} HTTP/1.1\r\nhost: ${url.host}\r\ncontent-type: application/x-protobuf\r\naccept: application/x-protobuf\r\ncontent-length: ${body.byteLength}\r\n\r\n`,
    ),
    body,
  ])

/** The length of a whole answer: head, and body by its content length. */
function answerLength(received: Buffer): number | undefined {
  const head = received.indexOf('\r\n\r\n')
  if (head < 0) return undefined
  const text = received.toString('latin1', 0, head)
  if (!text.startsWith('HTTP/1.1 200')) throw new Error(`The server answered ${text.split('\r\n')[0] ?? ''}`)
  const length = /content-length: *(\d+)/i.exec(text)?.[1]
  if (length === undefined) throw new Error('The server does not tell the length of its answer')
  return head + 4 + Number(length)
}

const opened = (url: URL): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: url.hostname, port: Number(url.port), noDelay: true }, () => resolve(socket))
    socket.once('error', reject)
  })

/** Sends the same request over many connections, each as soon as it has its answer, for so many milliseconds. */
export async function load(
  base: string,
  path: string,
  body: Uint8Array,
  connections: number,
  ms: number,
): Promise<Load> {
  const url = new URL(base)
  const request = requestBytes(url, path, body)
  const sockets = await Promise.all(Array.from({ length: connections }, () => opened(url)))
  const latencies: number[] = []
  const start = performance.now()
  const until = start + ms
  await Promise.all(
    sockets.map(
      (socket) =>
        new Promise<void>((resolve, reject) => {
          let received: Buffer = Buffer.alloc(0)
          let wanted: number | undefined
          let sent = performance.now()
          socket.on('error', reject)
          socket.on('data', (chunk: Buffer) => {
            received = received.length === 0 ? chunk : Buffer.concat([received, chunk])
            try {
              wanted ??= answerLength(received)
            } catch (cause) {
              return reject(cause instanceof Error ? cause : new Error(String(cause)))
            }
            if (wanted === undefined || received.length < wanted) return
            const now = performance.now()
            latencies.push(now - sent)
            received = Buffer.alloc(0)
            wanted = undefined
            if (now >= until) {
              socket.destroy()
              return resolve()
            }
            sent = now
            socket.write(request)
          })
          socket.write(request)
        }),
    ),
  )
  return { perSecond: (latencies.length * 1000) / (performance.now() - start), latencies }
}
