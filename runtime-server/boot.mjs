// Runs the program beside this file (main.mjs runs main.cjs) with the code that V8 compiled of it in an earlier run, which is kept beside it
// as Python keeps its own: to compile it anew takes longer than the service's first answers.
import { readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import vm from 'node:vm'

const file = fileURLToPath(import.meta.url).replace(/\.mjs$/, '.cjs')
const folder = dirname(file)
/** Put in by the build. V8 itself only looks whether the length of the text is the same. */
const digest = '{digest}'
const family = `${basename(file)}-`
const compiled = `${family}${digest}-${process.version}-${process.arch}.compiled`

const read = (path) => {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

const cachedData = read(join(folder, compiled))
const script = new vm.Script(
  // The bundle is plain ASCII.
  `(function (exports, require, module, __filename, __dirname) {${readFileSync(file, 'latin1')}\n})`,
  { filename: file, cachedData, importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER },
)

/** Keeps what is compiled by now for the next run, unless there was something already. Where nothing can be written, nothing is kept. */
globalThis.magpieKeepCompiled = () => {
  if (cachedData !== undefined && script.cachedDataRejected !== true) return
  const incoming = join(folder, `${compiled}.${process.pid}`)
  try {
    writeFileSync(incoming, script.createCachedData())
    renameSync(incoming, join(folder, compiled))
    for (const name of readdirSync(folder))
      if (name.startsWith(family) && !name.startsWith(`${family}${digest}-`)) rmSync(join(folder, name))
  } catch {
    rmSync(incoming, { force: true })
  }
}

const module = { exports: {} }
script.runInThisContext()(module.exports, createRequire(file), module, file, folder)
