import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { MagpieError } from '@magpie-vega/protocol'
import { flagOf, OPTION_NAMES, OPTIONS, variableOf } from './config/options.ts'
import type { Config, OptionName } from './config/options.ts'

export { helpText } from './config/help.ts'
export type { Config } from './config/options.ts'

/** What the command line asks for. */
export type Command =
  { readonly kind: 'help' } | { readonly kind: 'version' } | { readonly kind: 'serve'; readonly config: Config }

export interface ConfigSources {
  /** Arguments after the program's name. */
  readonly argv: readonly string[]
  readonly env: Readonly<Record<string, string | undefined>>
  readonly readFile: (path: string) => string
}

type Layer = Readonly<Record<string, unknown>>

/**
 * Reads the configuration: flags, else environment, else file, else defaults. Throws `bad-request` that names the option, and
 * where its value came from.
 */
export function readConfig({ argv, env, readFile }: ConfigSources): Command {
  const flags = parseFlags(argv)
  if (flags.help === true) return { kind: 'help' }
  if (flags.version === true) return { kind: 'version' }
  const path = flags.config ?? env.MAGPIE_CONFIG
  const file = typeof path === 'string' && path !== '' ? parseFile(path, readFile) : {}
  const config = Object.fromEntries(OPTION_NAMES.map((name) => [name, valueOf(name, flags, env, file)])) as Config
  return { kind: 'serve', config: withSecret(config, readFile) }
}

/** The sources of a process: its arguments, its environment, the disk. */
export const processSources = (): ConfigSources => ({
  argv: process.argv.slice(2),
  env: process.env,
  readFile: (path) => readFileSync(path, 'utf8'),
})

function valueOf(name: OptionName, flags: Layer, env: Layer, file: Layer): unknown {
  const { read, byDefault } = OPTIONS[name]
  const flag = flagOf(name)
  const variable = variableOf(name)
  if (flags[flag] !== undefined) return read(flags[flag], `--${flag}`)
  if (env[variable] !== undefined && env[variable] !== '') return read(env[variable], variable)
  if (file[name] !== undefined) return read(file[name], `${name} in the configuration file`)
  return byDefault()
}

function parseFlags(argv: readonly string[]): Layer {
  const known = Object.fromEntries(
    OPTION_NAMES.map((name) => [flagOf(name), { type: 'string', multiple: OPTIONS[name].multiple } as const]),
  )
  const options = {
    ...known,
    config: { type: 'string' },
    help: { type: 'boolean' },
    version: { type: 'boolean' },
  } as const
  try {
    return parseArgs({ args: [...argv], options, strict: true, allowPositionals: false }).values
  } catch (cause) {
    throw new MagpieError('bad-request', cause instanceof Error ? cause.message : String(cause), {
      remedy: 'See --help.',
      cause,
    })
  }
}

function parseFile(path: string, readFile: (path: string) => string): Layer {
  const place = `the configuration file ${path}`
  let value: unknown
  try {
    value = JSON.parse(readFile(path))
  } catch (cause) {
    throw new MagpieError('bad-request', cause instanceof Error ? cause.message : String(cause), { place, cause })
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MagpieError('bad-request', 'Expected a JSON object', { place })
  }
  const known: readonly string[] = OPTION_NAMES
  const unknown = Object.keys(value).find((key) => !known.includes(key))
  if (unknown !== undefined)
    throw new MagpieError('bad-request', `There is no option ${unknown}`, { place, remedy: 'See --help.' })
  return { ...value }
}

/** The secret comes from its file when one is named; without any, nobody could sign a grant. */
function withSecret(config: Config, readFile: (path: string) => string): Config {
  const secret = config.secretFile === '' ? config.secret : readSecret(config.secretFile, readFile)
  if (secret.length >= 16) return { ...config, secret }
  throw new MagpieError(
    'bad-request',
    secret === '' ? 'There is no secret' : 'The secret is shorter than 16 characters',
    {
      place: config.secretFile === '' ? '--secret-file' : config.secretFile,
      remedy: 'Give the service and the apps one long random secret: --secret-file FILE or MAGPIE_SECRET.',
    },
  )
}

function readSecret(path: string, readFile: (path: string) => string): string {
  try {
    return readFile(path).trim()
  } catch (cause) {
    throw new MagpieError('bad-request', 'The file of the secret cannot be read', { place: path, cause })
  }
}
