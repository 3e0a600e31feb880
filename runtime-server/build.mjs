// Bundles the service for plain Node: dist/main.cjs, and beside it the programs of its other processes. Only the engine stays outside, since it
// is native code. Each program is run by a copy of boot.mjs: dist/main.mjs.
import { copyFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { build } from 'esbuild'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

const entryPoints = {
  main: here('src/main.ts'),
  'vega-process': here('src/vega/vega-process.ts'),
  'build-process': here('src/columns/build-process.ts'),
}

const boot = {
  name: 'boot',
  setup: ({ initialOptions, onEnd }) =>
    onEnd(({ errors }) => {
      if (errors.length > 0) return
      for (const name of Object.keys(entryPoints))
        copyFileSync(here('boot.mjs'), join(initialOptions.outdir, `${name}.mjs`))
    }),
}

/** What esbuild is told; also for who watches and rebuilds. */
export const options = {
  entryPoints,
  outdir: here('dist'),
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20.19',
  conditions: ['magpie-source'],
  external: ['@duckdb/*'],
  // The one for Node looks for a canvas to draw on, which the service does not do, and waits for it at its top, which a script cannot.
  alias: { 'vega-canvas': join(dirname(fileURLToPath(import.meta.resolve('vega-canvas'))), 'vega-canvas.browser.js') },
  legalComments: 'none',
  charset: 'ascii',
  // Modules ask for their own address, which a script does not have.
  define: { 'import.meta.url': 'magpieAddress' },
  // Modules are strict, scripts are not: what assigns to a property of a text would fail in the one and not in the other.
  banner: { js: "'use strict'; const magpieAddress = require('node:url').pathToFileURL(__filename).href;" },
  plugins: [boot],
  logLevel: 'warning',
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { outdir } = parseArgs({ options: { outdir: { type: 'string', default: options.outdir } } }).values
  await build({ ...options, outdir })
}
