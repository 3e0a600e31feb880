import { spawn } from 'node:child_process'
import { processUse, type ProcessUse } from '../process-use.ts'

/** A server of one line of thought: reads the request's body and sends bytes that it holds. */
const PROGRAM = `
const bytes = Buffer.from(process.argv[1], 'base64')
const server = require('node:http').createServer((request, response) => {
  const chunks = []
  request.on('data', (chunk) => chunks.push(chunk))
  request.on('end', () => {
    Buffer.concat(chunks)
    response.writeHead(200, { 'content-type': 'application/x-protobuf', 'content-length': bytes.length }).end(bytes)
  })
})
server.listen(0, '127.0.0.1', () => console.log(server.address().port))`

export interface BareServer {
  readonly url: string
  use(): ProcessUse
  stop(): void
}

/** The same bytes from a process of its own, by node:http alone. */
export async function bareServer(bytes: Uint8Array): Promise<BareServer> {
  const child = spawn(process.execPath, ['-e', PROGRAM, Buffer.from(bytes).toString('base64')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const port = await new Promise<string>((resolve) =>
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim())),
  )
  return { url: `http://127.0.0.1:${port}`, use: () => processUse(child.pid ?? 0), stop: () => child.kill() }
}
