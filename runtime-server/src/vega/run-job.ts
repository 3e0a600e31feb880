import { expressionClosures } from '@magpie-vega/dataflow'
import { MagpieError } from '@magpie-vega/protocol'
import { type Loader, type LoggerInterface, parse, type Spec, View } from 'vega'
import { tableFromRows } from '../arrow/rows-to-table.ts'
import { rowsFromTable } from '../arrow/table-to-rows.ts'
import { toScalar } from '../arrow/to-scalar.ts'
import { restoreBuiltIns } from './built-ins.ts'
import type { Job, JobAnswer, JobData, JobOutput } from './job.ts'
import { parseRows, readText } from './read-text.ts'

const refuse = (): Promise<never> => Promise.reject(new Error('Nothing may be loaded from within the data flow'))

/** Every source is read before the job starts, so a loader has nothing to do. */
const REFUSING_LOADER: Loader = { load: refuse, sanitize: refuse, http: refuse, file: refuse }

const expressionName = (index: number): string => `magpie_expression_${index}`

const rowsOf = ({ rows, parse, text }: JobData): { readonly values?: readonly unknown[] } => {
  if (rows !== undefined) {
    const values = rowsFromTable(rows)
    return { values: parse === undefined ? values : parseRows(values, parse) }
  }
  return text === undefined ? {} : { values: readText(text) }
}

const dataOf = (data: JobData): Record<string, unknown> => ({
  name: data.name,
  ...rowsOf(data),
  ...(data.source === undefined ? {} : { source: data.source }),
  ...(data.transform === undefined ? {} : { transform: data.transform }),
})

const specOf = (job: Job): Readonly<Record<string, unknown>> => {
  const expressions = job.outputs.flatMap((output, index) =>
    output.kind === 'expression' ? [{ name: expressionName(index), update: output.expression }] : [],
  )
  const signals = Object.entries(job.signals).map(([name, value]) => ({ name, value }))
  const projections = job.projections === undefined ? {} : { projections: job.projections }
  const scales = job.scales === undefined ? {} : { scales: job.scales }
  return { signals: [...signals, ...expressions], ...projections, ...scales, data: job.data.map(dataOf) }
}

/** Vega resolves a run that failed, and tells its logger only. */
const collectingLogger = (errors: unknown[]): LoggerInterface => {
  const logger: LoggerInterface = {
    level: (() => logger) as LoggerInterface['level'],
    error: (...messages: readonly unknown[]) => (errors.push(...messages), logger),
    warn: () => logger,
    info: () => logger,
    debug: () => logger,
  }
  return logger
}

const answer = (view: View, output: JobOutput, index: number): JobAnswer => {
  switch (output.kind) {
    case 'rows':
      return { kind: 'rows', table: tableFromRows(view.data(output.data) as readonly unknown[], output.columns) }
    case 'signal':
      return { kind: 'scalar', value: toScalar(view.signal(output.name)) }
    case 'expression':
      return { kind: 'scalar', value: toScalar(view.signal(expressionName(index))) }
  }
}

const failure = (cause: unknown): MagpieError =>
  cause instanceof MagpieError
    ? cause
    : new MagpieError('evaluation-failed', cause instanceof Error ? cause.message : String(cause), {
        remedy: 'Check the transforms and expressions of the chart.',
        cause,
      })

/** Runs a job in Vega's own dataflow, with expressions as closures: no code is generated. Local times are those of this process. */
export const runJob = async (job: Job): Promise<readonly JobAnswer[]> => {
  const errors: unknown[] = []
  try {
    const runtime = parse(specOf(job) as Spec, undefined, { ast: true })
    const view = new View(runtime, {
      expr: expressionClosures,
      renderer: 'none',
      loader: REFUSING_LOADER,
      logger: collectingLogger(errors),
    })
    await view.runAsync()
    restoreBuiltIns()
    if (errors.length > 0) throw failure(errors[0])
    const answers = job.outputs.map((output, index) => answer(view, output, index))
    view.finalize()
    return answers
  } catch (cause) {
    throw failure(cause)
  } finally {
    restoreBuiltIns()
  }
}
