import webpack from 'webpack'
import { bundle } from '../../scripts/bundle/configuration.mjs'

/** One ES module without chunks: in a notebook Panel sends its text, so there is no address to load a chunk from. */
export default bundle('panel', {
  experiments: { outputModule: true },
  output: { filename: 'panel_magpie.js', module: true, library: { type: 'module' } },
  plugins: [new webpack.optimize.LimitChunkCountPlugin({ maxChunks: 1 })],
})
