// Generates the wire code from proto/magpie.proto: static TypeScript modules (no reflection, so no eval) and Python.
// With --check it generates beside the committed files and fails on any difference.
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const protoDir = join(root, 'proto')
const python = process.env.MAGPIE_PYTHON ?? join(root, '.venv/bin/python')
const pbjs = join(dirname(createRequire(import.meta.url).resolve('protobufjs-cli/package.json')), 'bin/pbjs')
const check = process.argv.includes('--check')

/** The generated files, by their place in the repository. */
function generate() {
  const scratch = mkdtempSync(join(tmpdir(), 'magpie-gen-'))
  try {
    return { ...typescript(scratch), ...pythonModules(scratch) }
  } finally {
    rmSync(scratch, { recursive: true })
  }
}

function typescript(scratch) {
  const bare = ['create', 'verify', 'convert', 'delimited', 'service', 'typeurl'].map((part) => `--no-${part}`)
  const options = ['-t', 'static-module', '-w', 'esm', '--force-number', '-r', 'magpie', ...bare]
  const run = (out, ...more) =>
    execFileSync(process.execPath, [
      pbjs,
      ...options,
      ...more,
      '-p',
      protoDir,
      '-o',
      join(scratch, out),
      'magpie.proto',
    ])
  run('typed.js', '-d')
  run('magpie.js', '--no-comments')
  const types = readFileSync(join(scratch, 'typed.d.ts'), 'utf8').replace('import Long = require("long");\n', '')
  return {
    'packages/protocol/src/gen/magpie.js': readFileSync(join(scratch, 'magpie.js'), 'utf8'),
    'packages/protocol/src/gen/magpie.d.ts': types,
  }
}

function pythonModules(scratch) {
  if (!existsSync(python)) {
    throw new Error(`no Python at ${python}; create .venv and install grpcio-tools, or set MAGPIE_PYTHON`)
  }
  execFileSync(python, [
    '-m',
    'grpc_tools.protoc',
    `-I${protoDir}`,
    `--python_out=${scratch}`,
    `--pyi_out=${scratch}`,
    'magpie.proto',
  ])
  const target = 'python-wrappers/client/src/magpie_vega/_gen'
  return {
    [`${target}/__init__.py`]: '"""Generated from proto/magpie.proto by `npm run gen`."""\n',
    [`${target}/magpie_pb2.py`]: readFileSync(join(scratch, 'magpie_pb2.py'), 'utf8'),
    [`${target}/magpie_pb2.pyi`]: readFileSync(join(scratch, 'magpie_pb2.pyi'), 'utf8'),
  }
}

const stale = []
for (const [path, text] of Object.entries(generate())) {
  const file = join(root, path)
  const current = existsSync(file) ? readFileSync(file, 'utf8') : undefined
  if (current === text) continue
  stale.push(relative(root, file))
  if (check) continue
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, text)
}
if (check && stale.length > 0) {
  console.error(
    `Generated files differ from proto/magpie.proto: ${stale.join(', ')}. Run \`npm run gen\` and commit the result.`,
  )
  process.exit(1)
}
console.log(stale.length === 0 ? 'Generated files are up to date.' : `Wrote ${stale.join(', ')}.`)
