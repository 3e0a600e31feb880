import { bundle } from '../../scripts/bundle/configuration.mjs'

/** An ES module whose name changes with its content, since Streamlit lets browsers cache it. */
export default bundle('streamlit', {
  experiments: { outputModule: true },
  output: {
    filename: 'index-[contenthash:12].js',
    chunkFilename: 'chunk-[contenthash:12].js',
    module: true,
    library: { type: 'module' },
  },
})
