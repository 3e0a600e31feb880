import { bundle } from '../../scripts/bundle/configuration.mjs'

/** A global library, as Dash loads components; React is the page's own. Vega comes in a chunk of its own,
 * whose name changes with its content since Dash lets browsers keep it. */
export default bundle('dash', {
  output: {
    filename: 'dash_magpie.min.js',
    chunkFilename: 'async-[contenthash:12].js',
    library: { name: 'dash_magpie', type: 'window' },
  },
  externals: { react: 'React', 'react-dom': 'ReactDOM', 'react-dom/client': 'ReactDOM' },
})
