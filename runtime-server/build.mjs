// Bundles the service for plain Node: dist/main.mjs, and beside it the programs of its other processes. Only the engine stays outside, since it
// is native code.
import { build } from 'esbuild'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

/** What esbuild is told; also for who watches and rebuilds. */
export const options = {
  entryPoints: {
    main: here('src/main.ts'),
    'vega-process': here('src/vega/vega-process.ts'),
    'build-process': here('src/columns/build-process.ts'),
  },
  outdir: here('dist'),
  outExtension: { '.js': '.mjs' },
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20.19',
  conditions: ['magpie-source'],
  external: ['@duckdb/*'],
  legalComments: 'none',
  // Packages in CommonJS call `require`, which a module does not have.
  banner: {
    js: "import { createRequire as magpieCreateRequire } from 'node:module'; const require = magpieCreateRequire(import.meta.url);",
  },
  logLevel: 'warning',
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { outdir } = parseArgs({ options: { outdir: { type: 'string', default: options.outdir } } }).values
  await build({ ...options, outdir })
}
