/** Entry of a Vega process: runs one job after the other, in the time zone that its environment states. */
import { MagpieError } from '@magpie-vega/protocol'
import type { Job, JobReply } from './job.ts'
import { keepCompiled } from '../process/keep-compiled.ts'
import { runJob } from './run-job.ts'

/** Not while somebody is likely to wait for the next job. */
const KEEP_AFTER_MS = 2000
const keepOnce = (): void => void setTimeout(keepCompiled, KEEP_AFTER_MS).unref()

const reply = (message: JobReply): void => {
  process.send?.(message)
}

process.once('message', keepOnce)
process.on('message', (job: Job) => {
  runJob(job).then(
    (answers) => reply({ kind: 'answers', answers }),
    (cause: unknown) => {
      const { code, message, remedy } =
        cause instanceof MagpieError ? cause : new MagpieError('internal', String(cause))
      reply({ kind: 'error', code, message, remedy })
    },
  )
})
process.on('disconnect', () => process.exit(0))
process.on('SIGINT', () => undefined)
