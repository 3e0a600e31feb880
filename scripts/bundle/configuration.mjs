import { createRequire } from 'node:module'
import { join } from 'node:path'
import { ROOT } from '../setup/run.mjs'

const require = createRequire(import.meta.url)
const { EsbuildPlugin } = require('esbuild-loader')

/**
 * The webpack configuration that the three bundles share. Nothing in a bundle needs eval, so it runs under a strict CSP.
 * @param {string} framework dash, streamlit or panel
 * @param {import('webpack').Configuration} own what differs; `output` is merged
 * @returns {import('webpack').Configuration}
 */
export const bundle = (framework, { output, ...own }) => ({
  mode: 'production',
  target: ['web', 'es2020'],
  devtool: false,
  context: join(ROOT, 'packages', framework),
  entry: './src/index.ts',
  output: {
    path: join(ROOT, 'python-wrappers', framework, 'src', `${framework}_magpie`, 'static'),
    publicPath: 'auto',
    clean: true,
    ...output,
  },
  resolve: { extensions: ['.ts', '.tsx', '.js'], conditionNames: ['magpie-source', '...'] },
  // `import.meta.url` is the address of the bundle in the page, not of the source on this machine.
  module: {
    parser: { javascript: { importMeta: false } },
    rules: [{ test: /\.tsx?$/, loader: 'esbuild-loader', options: { target: 'es2020', jsx: 'transform' } }],
  },
  optimization: {
    minimizer: [
      new EsbuildPlugin({ target: 'es2020', legalComments: 'none', format: output.module === true ? 'esm' : 'iife' }),
    ],
  },
  performance: { hints: false },
  stats: 'errors-warnings',
  ...own,
})
