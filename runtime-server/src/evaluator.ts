import type { Evaluator, EvaluatorOptions } from './evaluate.ts'
import { createEvaluatorWith } from './evaluate/create.ts'

const MEBIBYTE = 2 ** 20

/** The evaluator of a service, as its configuration wants it. */
export const createEvaluator = (options: EvaluatorOptions): Evaluator => {
  const { cache, tables, columns, config, spillDirectory, version, onEvaluation, log } = options
  return createEvaluatorWith({
    cache,
    tables,
    columns,
    version,
    onTask: (task, engine, reason) => {
      onEvaluation(engine)
      log('debug', 'evaluated', { task, engine, ...reason })
    },
    ...(config.files.length > 0 && { fileRoots: config.files }),
    ...(config.dataRoot !== '' && { dataRoot: config.dataRoot }),
    ...(config.baseUrl !== '' && { baseUrl: config.baseUrl }),
    kept: { maxBytes: config.cacheBytes / 2, partial: config.partialAggregates === 'on' },
    duckdb: {
      memoryLimit: `${Math.floor(config.memoryLimit / MEBIBYTE)}MiB`,
      threads: config.threads,
      tempDirectory: spillDirectory,
      maxQueries: config.maxConcurrentQueries,
    },
    vega: { maxProcesses: config.vegaProcesses, timeoutMs: config.queryTimeoutMs },
  })
}
