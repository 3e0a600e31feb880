import { setTimeout } from 'node:timers/promises'
import { cancellation } from './cancellation.ts'
import type { Client } from './client.ts'
import type { Evaluator } from './evaluate.ts'
import type { Service } from './service.ts'
import { warmUpQuestions } from './warm-up-questions.ts'

/** Tables whose files are opened ahead. */
const TABLES = 4
/** Pause between two parts, in which a request can come in. */
const PAUSE_MS = 3

export interface WarmUpParts {
  readonly service: Service
  /** Answers the questions of its own, which are nobody's. */
  readonly quiet: Service
  readonly evaluator: Pick<Evaluator, 'open'>
  /** Names of the tables that were used last, before the service started. */
  readonly latest: (count: number) => readonly string[]
}

/** A service that gives its first answer in less time. */
export interface WarmUp {
  /** The same service; a question that is asked ends the warm-up's own questions. What is opened goes on: it may be about to be read. */
  readonly service: Service
  /**
   * Does once, piece by piece, what the first question would else wait for: opens the files of the tables used last, and answers
   * questions of its own, so that the code is compiled. Never rejects.
   */
  run(): Promise<void>
  /** Ends it early; resolves when it has. */
  end(): Promise<void>
}

export const createWarmUp = ({ service, quiet, evaluator, latest }: WarmUpParts): WarmUp => {
  const asked = new AbortController()
  const ended = new AbortController()
  const client: Client = { signal: asked.signal }
  let running = Promise.resolve()
  const abort = (what: AbortController): void => {
    if (!what.signal.aborted) what.abort(cancellation())
  }
  const pieces = async (): Promise<void> => {
    for (const question of warmUpQuestions()) {
      await setTimeout(PAUSE_MS)
      if (asked.signal.aborted) return
      await quiet.query(question, client).catch(() => undefined)
    }
  }
  return {
    service: {
      query: (request, from) => {
        abort(asked)
        return service.query(request, from)
      },
    },
    run: () => {
      // The engine opens files on threads of its own.
      const opened = evaluator.open(latest(TABLES), ended.signal)
      running = Promise.allSettled([opened, pieces()]).then(() => undefined)
      return running
    },
    end: () => {
      abort(asked)
      abort(ended)
      return running
    },
  }
}
