// A process that runs mutants and tells its parent about each: Vega itself may hang or run out of memory over a spec with faults.
import { readCorpus } from '../corpus.ts'
import { DataServer } from '../data-server.ts'
import { startService } from '../service.ts'
import { runCases } from './run-cases.ts'

const [specs = '', dataFolder = '', timeZone = '', seed = '', first = '', last = ''] = process.argv.slice(2)
const data = await DataServer.start(dataFolder)
const service = await startService()
const options = { data, service, timeZone, placement: 'capability' } as const
// what a dataflow with faults throws where nobody listens must not end the run
process.on('uncaughtException', () => undefined)
process.on('unhandledRejection', () => undefined)
const range = { seed: Number(seed), first: Number(first), last: Number(last) }
await runCases(readCorpus(specs), range, options, (note) => void process.send?.(note))
await service.stop()
await data.stop()
process.disconnect?.()
process.exit(0)
