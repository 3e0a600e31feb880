// Runs in the browser: a page with vega-embed, as its documentation says.
import embed, { type VisualizationSpec } from 'vega-embed'
import { followBrush, task } from './task.ts'

const given = task()
const options = { actions: false, renderer: 'canvas' } as const
const { view } = await embed('#chart', given.spec as unknown as VisualizationSpec, options)
await followBrush(view, given)
