// Runs in the browser: draws one spec, with us or with vega-embed alone, in the same page with the same Vega.
import { dataflowLogger } from '@magpie-vega/client-runtime'
import { mount } from '@magpie-vega/react'
import * as vega from 'vega'
import embed, { type EmbedOptions, type VisualizationSpec } from 'vega-embed'
import { outcome, type Outcome } from './picture.ts'

type Spec = Readonly<Record<string, unknown>>

const { randomLCG, setRandom } = vega as unknown as {
  readonly randomLCG: (seed: number) => () => number
  readonly setRandom: (random: () => number) => void
}

const place = (): HTMLElement => {
  const element = document.createElement('div')
  document.getElementById('chart')?.replaceChildren(element)
  return element
}

const ours = async (spec: Spec): Promise<Outcome> => {
  const element = place()
  const start = performance.now()
  let chart: { readonly finalize: () => void } | undefined
  try {
    await new Promise<void>((resolve, reject) => {
      chart = mount(element, {
        spec,
        renderer: 'canvas',
        onStatus: ({ phase, message, drawn }) => {
          if (phase === 'error') reject(new Error(message))
          else if (drawn) resolve()
        },
      })
    })
    return await outcome(element, start)
  } finally {
    chart?.finalize()
  }
}

const plain = async (spec: Spec): Promise<Outcome> => {
  const element = place()
  const start = performance.now()
  const errors: string[] = []
  const logger = dataflowLogger((message) => errors.push(message)) as unknown as NonNullable<EmbedOptions['logger']>
  const options = { actions: false, renderer: 'canvas', logger } as const
  const { finalize } = await embed(element, spec as unknown as VisualizationSpec, options)
  try {
    const drawn = await outcome(element, start)
    return errors.length === 0 ? drawn : { ...drawn, error: errors.join('; ') }
  } finally {
    finalize()
  }
}

export interface SmallSpecsPage {
  /** Draws; the same random numbers each time. */
  draw(who: 'magpie' | 'vega-embed', text: string): Promise<Outcome>
}

declare global {
  interface Window {
    smallSpecs: SmallSpecsPage
  }
}

window.smallSpecs = {
  draw: async (who, text) => {
    setRandom(randomLCG(42))
    const spec = JSON.parse(text) as Spec
    try {
      return await (who === 'magpie' ? ours(spec) : plain(spec))
    } catch (cause) {
      return { ms: Number.NaN, picture: '', error: cause instanceof Error ? cause.message : String(cause) }
    }
  },
}
