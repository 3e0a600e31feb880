import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, must } from './run.mjs'
import { hashFiles, isFresh, markFresh } from './stamp.mjs'

/** Installs the packages of the lock file, once per lock file. */
export async function nodeModules() {
  const stamp = hashFiles(['package-lock.json'])
  if (existsSync(join(ROOT, 'node_modules', 'vitest')) && isFresh('node-modules', stamp)) return
  process.stdout.write('Installing node modules …\n')
  await must('Installing node modules', 'npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { quiet: true })
  markFresh('node-modules', stamp)
}
