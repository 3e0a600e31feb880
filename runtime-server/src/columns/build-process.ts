/** Entry of the process that builds files of columns, one after the other. */
import { keepCompiled } from '../process/keep-compiled.ts'
import { type BuildJob, buildColumns } from './build-columns.ts'

/** How a job ended; `error` says why it failed. */
export interface BuildReply {
  readonly error: string | undefined
}

let last = Promise.resolve()
const reply = (error: string | undefined): void => void process.send?.({ error } satisfies BuildReply)

process.on('message', (job: BuildJob) => {
  last = last.then(() =>
    buildColumns(job).then(
      () => reply(undefined),
      (cause: unknown) => reply(cause instanceof Error ? cause.message : String(cause)),
    ),
  )
})
process.once('message', () => void last.then(() => setImmediate(keepCompiled)))
process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => undefined)
