/** Entry of the thread that builds files of columns, one after the other. */
import { parentPort } from 'node:worker_threads'
import { type BuildJob, buildColumns } from './build-columns.ts'

/** How a job ended; `error` says why it failed. */
export interface BuildReply {
  readonly error: string | undefined
}

let last = Promise.resolve()
const reply = (error: string | undefined): void => parentPort?.postMessage({ error } satisfies BuildReply)

parentPort?.on('message', (job: BuildJob) => {
  last = last.then(() =>
    buildColumns(job).then(
      () => reply(undefined),
      (cause: unknown) => reply(cause instanceof Error ? cause.message : String(cause)),
    ),
  )
})
