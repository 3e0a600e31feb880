import { type ChildProcess, fork } from 'node:child_process'
import { MagpieError } from '@magpie-vega/protocol'
import type { Job, JobAnswer, JobReply } from './job.ts'

/** How a Vega process is started. */
export interface VegaEntry {
  readonly path: string
  /** Arguments for Node itself. */
  readonly execArgv: readonly string[]
}

/** One process, busy with at most one job. */
export interface VegaChild {
  readonly timeZone: string
  readonly alive: boolean
  run(job: Job, timeoutMs: number, signal: AbortSignal): Promise<readonly JobAnswer[]>
  kill(): void
}

const crashed = (): MagpieError =>
  new MagpieError('evaluation-failed', 'The data does not fit into the memory of one Vega process', {
    remedy: 'Aggregate or filter the data earlier, or raise the memory limit of the service.',
  })

/** Keeps this process alive while a job runs, and not a moment longer. */
const hold = (child: ChildProcess, held: boolean): void => {
  if (held) {
    child.ref()
    child.channel?.ref()
  } else {
    child.unref()
    child.channel?.unref()
  }
}

export const startVegaChild = (entry: VegaEntry, timeZone: string, maxOldSpaceMb: number): VegaChild => {
  const child = fork(entry.path, [], {
    serialization: 'advanced',
    execArgv: [...entry.execArgv, `--max-old-space-size=${maxOldSpaceMb}`],
    env: { TZ: timeZone },
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  })
  let alive = true
  child.once('exit', () => (alive = false))
  child.on('error', () => (alive = false))
  hold(child, false)
  const kill = (): void => {
    alive = false
    child.kill('SIGKILL')
  }
  const run = (job: Job, timeoutMs: number, signal: AbortSignal): Promise<readonly JobAnswer[]> =>
    new Promise((resolve, reject) => {
      const stop = (error: MagpieError): void => {
        kill()
        finish(() => reject(error))
      }
      const onAbort = (): void => stop(new MagpieError('cancelled', 'The request was cancelled'))
      const onExit = (): void => finish(() => reject(crashed()))
      const onMessage = (reply: JobReply): void =>
        finish(() => {
          if (reply.kind === 'answers') resolve(reply.answers)
          else reject(new MagpieError(reply.code, reply.message, { remedy: reply.remedy }))
        })
      const timer = setTimeout(
        () => stop(new MagpieError('timeout', `Vega did not finish within ${timeoutMs / 1000} seconds`)),
        timeoutMs,
      )
      const finish = (settle: () => void): void => {
        clearTimeout(timer)
        signal.removeEventListener('abort', onAbort)
        child.off('exit', onExit)
        child.off('message', onMessage)
        hold(child, false)
        settle()
      }
      child.once('exit', onExit)
      child.on('message', onMessage)
      signal.addEventListener('abort', onAbort, { once: true })
      hold(child, true)
      if (signal.aborted) onAbort()
      else child.send(job, (error) => error !== null && onExit())
    })
  return {
    timeZone,
    get alive() {
      return alive
    },
    run,
    kill,
  }
}
