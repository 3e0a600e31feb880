import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './run.mjs'

const folder = join(ROOT, '.cache', 'stamps')

/** Hash of the contents of files, in order. */
export function hashFiles(paths) {
  const hash = createHash('sha256')
  for (const path of paths) hash.update(path).update(existsSync(join(ROOT, path)) ? readFileSync(join(ROOT, path)) : '')
  return hash.digest('hex')
}

/** Does `name` carry this stamp, from an earlier run that finished? */
export const isFresh = (name, stamp) =>
  existsSync(join(folder, name)) && readFileSync(join(folder, name), 'utf8') === stamp

export function markFresh(name, stamp) {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), stamp)
}
