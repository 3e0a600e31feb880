import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { takesPart, type Bench } from '../bench.ts'
import { figuresOf } from '../figure.ts'
import { timeToInteractive } from '../interactive.ts'
import { ROOT } from '../places.ts'

const FRAMEWORKS = ['dash', 'streamlit', 'panel']

/** Vega's own packages: a page that draws charts has them, with us or without. */
const VEGA = [
  'vega',
  'vega-lite',
  'vega-embed',
  'vega-themes',
  'vega-interpreter',
  'vega-expression',
  'vega-statistics',
]

/** What a page without us loads to draw the same chart. */
const PLAIN = "export { default } from 'vega-embed'; export * as vega from 'vega'; export * as lite from 'vega-lite'"

/** Dash brings React; so do we where a framework does not. */
const REACT = ['react', 'react-dom', 'react-dom/client']

async function bundleBytes(code: string, external: readonly string[]): Promise<number> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: ROOT, loader: 'ts' },
    bundle: true,
    write: false,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2020',
    legalComments: 'none',
    conditions: ['magpie-source'],
    define: { 'process.env.NODE_ENV': '"production"' },
    external: [...external],
    logLevel: 'error',
  })
  return outputFiles.reduce((sum, { contents }) => sum + gzipSync(contents, { level: 9 }).byteLength, 0)
}

export const page: Bench = {
  name: 'page',
  about: 'Compressed size of our own JavaScript, and from navigation to a chart that answers a brush',
  run: async (run) => {
    const vega = await bundleBytes(PLAIN, [])
    const figures = []
    for (const framework of FRAMEWORKS) {
      const entry = `import * as all from './packages/${framework}/src/index.ts'; console.log(all)`
      const subjects = new Map<string, readonly number[]>([
        ['magpie, own code', [await bundleBytes(entry, [...VEGA, ...REACT])]],
        ['magpie, with React', [await bundleBytes(entry, VEGA)]],
        ['vega-embed with Vega and Vega-Lite', [vega]],
      ])
      figures.push(...figuresOf({ bench: 'page', case: `${framework}: gzip`, rows: 0, unit: 'bytes', subjects }))
    }
    return takesPart(run, 'vega-embed') ? [...figures, ...(await timeToInteractive(run))] : figures
  },
}
