// Runs the program beside this file (main.mjs runs main.cjs) with the code that V8 compiled of it in an earlier run, which is kept beside it
// as Python keeps its own: to compile it anew takes longer than the service's first answers.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'

const file = fileURLToPath(import.meta.url).replace(/\.mjs$/, '.cjs')
const folder = dirname(file)
const sha256 = (bytes) => createHash('sha256').update(bytes).digest()
const DIGEST_BYTES = 32
/** A process that writes has finished by then, or was killed. */
const WRITTEN_MS = 60_000

/** Another one after the program was replaced. */
const identity = () => {
  const { ino, size, mtimeMs } = statSync(file)
  return `${ino} ${size} ${mtimeMs}`
}

const started = identity()
const text = readFileSync(file)
const family = `${basename(file)}-`
// Of this very text: V8 itself only looks whether the length is the same.
const own = `${family}${sha256(text).toString('hex').slice(0, 16)}-`
const compiled = `${own}${process.version}-${process.arch}.compiled`

/** What is kept, unless it is not whole: V8 would run it. */
const readKept = () => {
  try {
    const bytes = readFileSync(join(folder, compiled))
    const code = bytes.subarray(DIGEST_BYTES)
    return sha256(code).equals(bytes.subarray(0, DIGEST_BYTES)) ? code : undefined
  } catch {
    return undefined
  }
}

const cachedData = readKept()
const script = new vm.Script(
  // The bundle is plain ASCII.
  `(function (exports, require, module, __filename, __dirname) {${text.latin1Slice()}\n})`,
  { filename: file, cachedData, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
)

const attempt = (action) => {
  try {
    action()
  } catch {
    // No reason to end the program.
  }
}

const keep = () => {
  const code = script.createCachedData()
  const incoming = join(folder, `${compiled}.${process.pid}`)
  try {
    writeFileSync(incoming, Buffer.concat([sha256(code), code]))
    renameSync(incoming, join(folder, compiled))
  } catch {
    attempt(() => rmSync(incoming, { force: true }))
  }
}

const isLeft = (name) => {
  if (name.endsWith('.compiled')) return !name.startsWith(own)
  return /\.compiled\.\d+$/.test(name) && Date.now() - statSync(join(folder, name)).mtimeMs > WRITTEN_MS
}

/** Removes the code of earlier programs, and what processes that were killed have begun to write. */
const tidy = () => {
  for (const name of readdirSync(folder))
    attempt(() => name.startsWith(family) && isLeft(name) && rmSync(join(folder, name)))
}

/**
 * Keeps what is compiled by now for the next run, unless there was something already. Where nothing can be written, nothing is kept; nor
 * when the program was replaced since it started: what is beside the new one is the new one's.
 */
globalThis.magpieKeepCompiled = () =>
  attempt(() => {
    if (identity() !== started) return
    if (cachedData === undefined || script.cachedDataRejected === true) keep()
    tidy()
  })

const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(file), module, file, folder)
