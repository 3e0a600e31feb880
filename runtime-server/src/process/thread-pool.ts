import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'

const SIZE = 'UV_THREADPOOL_SIZE'

/**
 * Every running query holds a thread of libuv's pool, whose size is fixed before the first line of a program runs. So a process
 * that was started without the size starts itself again with it, and this one only waits: the returned child. Undefined when
 * the pool has a size already.
 */
export function restartWithThreadPool(threads: number): ChildProcess | undefined {
  if (process.env[SIZE] !== undefined) return undefined
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    env: { ...process.env, [SIZE]: String(threads) },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => child.kill(signal))
  child.once('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  child.once('exit', (code) => process.exit(code ?? 1))
  return child
}
