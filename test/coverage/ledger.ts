import { fileURLToPath } from 'node:url'
import { format, resolveConfig } from 'prettier'
import { coverage } from './coverage.ts'

/** The committed ledger. */
export const FILE = fileURLToPath(new URL('../../docs/coverage.md', import.meta.url))

/** The ledger as it should be committed. */
export const formatted = async (): Promise<string> =>
  format(coverage(), { ...(await resolveConfig(FILE)), filepath: FILE })
