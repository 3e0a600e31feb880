import { availableParallelism, totalmem } from 'node:os'
import { bytes, choice, integer, list, text } from './option.ts'
import type { Option } from './option.ts'

const MiB = 2 ** 20
const GiB = 2 ** 30
const parallel = (least: number, most: number) => () => Math.max(least, Math.min(most, availableParallelism()))

/** Every option of the service, in the order in which `--help` lists them. */
export const OPTIONS = {
  host: text('127.0.0.1', 'ADDRESS', 'Address to listen on.'),
  port: integer(0, '0, a free one', 'PORT', 'Port to listen on.', [0, 65_535]),
  portFile: text('', 'FILE', 'Where to write {"port","pid","version","url"} as JSON once the service listens.'),
  secret: text(
    '',
    'TEXT',
    'Secret shared with the apps that sign grants; at least 16 characters. Rather use secretFile.',
  ),
  secretFile: text('', 'FILE', 'File that holds the secret.'),
  dataDir: text(
    '',
    'DIR',
    'Directory for uploaded tables and spilled data. Without one, a temporary directory that goes with the service.',
  ),
  files: list('DIR', 'Directory whose files may be read, when a grant allows it too.'),
  dataRoot: text('', 'DIR', 'Directory that relative data URLs, and those below baseUrl, are read from.'),
  baseUrl: text(
    '',
    'URL',
    'URL of the pages or data that dataRoot stands for; without dataRoot, relative data URLs are resolved against it.',
  ),
  maxSourceBytes: bytes(GiB, '1GiB', 'Largest file or download that a chart reads by its URL.'),
  maxBodyBytes: bytes(16 * MiB, '16MiB', 'Largest body of a query.'),
  maxTableBytes: bytes(8 * GiB, '8GiB', 'Largest uploaded table.'),
  maxTablesBytes: bytes(32 * GiB, '32GiB', 'All uploaded tables together; the least recently used leaves first.'),
  cacheBytes: bytes(
    () => Math.floor(totalmem() / 8),
    "an eighth of the machine's memory",
    'Memory for computed values.',
  ),
  partialAggregates: choice(
    ['on', 'off'],
    'on',
    'Keeps counts by the values that a brush moves over, from which its next places are answered.',
  ),
  memoryLimit: bytes(
    () => Math.floor(totalmem() / 2),
    "half of the machine's memory",
    'Memory of the engine; beyond it, data spills to disk.',
  ),
  threads: integer(parallel(1, 64), 'one per processor', 'N', 'Threads of the engine.', [1, 1024]),
  vegaProcesses: integer(
    parallel(1, 4),
    'one per processor, at most 4',
    'N',
    "Processes that run Vega's own data flow.",
    [1, 256],
  ),
  queryTimeoutMs: integer(60_000, '60000', 'MS', 'Longest time that one query may take.', [1, 86_400_000]),
  maxConcurrentQueries: integer(8, '8', 'N', 'Queries that are evaluated at the same time.', [1, 64]),
  maxQueued: integer(256, '256', 'N', 'Queries that may wait for their turn; further ones are refused.'),
  idleExitMs: integer(0, '0, never', 'MS', 'Ends the service when no request came for this long.'),
  parentPids: list('PID', 'Ends the service when none of these processes is left.'),
  corsOrigins: list('ORIGIN', 'Origin whose pages may call the service directly; * for any.'),
  logLevel: choice(
    ['debug', 'info', 'warn', 'error', 'off'],
    'info',
    'Least severe events to log, as JSON lines on the error stream.',
  ),
} as const

export type OptionName = keyof typeof OPTIONS

type ValueOf<O> = O extends Option<infer T> ? T : never

/** The configuration of a service, complete. */
export type Config = { readonly [K in OptionName]: ValueOf<(typeof OPTIONS)[K]> }

export const OPTION_NAMES = Object.keys(OPTIONS) as readonly OptionName[]

const words = (name: string, between: string): string =>
  name.replace(/[A-Z]/g, (letter) => `${between}${letter.toLowerCase()}`)

/** `maxBodyBytes` → `max-body-bytes`. */
export const flagOf = (name: OptionName): string => words(name, '-')

/** `maxBodyBytes` → `MAGPIE_MAX_BODY_BYTES`. */
export const variableOf = (name: OptionName): string => `MAGPIE_${words(name, '_').toUpperCase()}`
