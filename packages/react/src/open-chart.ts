import { sameValue } from '@magpie-vega/client-runtime'
import type { MagpieError, Scalar, SessionState } from '@magpie-vega/client-runtime'
import { errorBefore, errorOf } from './chart-error.ts'
import { chartTransport } from './chart-transport.ts'
import { draw } from './drawing.ts'
import type { Drawing } from './drawing.ts'
import { addLayer } from './layer.ts'
import type { Layer } from './layer.ts'
import { prepareSpec } from './prepare-spec.ts'
import type { PreparedSpec } from './prepare-spec.ts'
import type { ChartStatus, MagpieChartProps } from './props.ts'

/** A chart in an element. */
export interface Chart {
  update(props: MagpieChartProps): void
  finalize(): void
}

const LOADING: ChartStatus = { phase: 'loading', drawn: false, empty: false }

const failed = (error: MagpieError, drawn = false): ChartStatus => ({
  phase: 'error',
  message: error.sentence,
  drawn,
  empty: false,
})

/** The properties that decide what is drawn and from what; any other takes effect without drawing again. */
const drawing = ({ spec, theme, renderer, actions, timeZone, serverUrls, grants }: MagpieChartProps): Scalar =>
  ({ spec, theme, renderer, actions, timeZone, serverUrls, grants }) as Scalar

interface Current {
  readonly drawing: Drawing
  readonly layer: Layer
}

class OpenChart implements Chart {
  readonly #element: HTMLElement
  readonly #report: (status: ChartStatus) => void
  #props: MagpieChartProps
  #status: ChartStatus = LOADING
  #current: Current | undefined
  /** The last picture of an earlier spec, until the next one is complete. */
  #earlier: Layer | undefined
  /** Counts the calls of `#redraw`, so that a compilation that comes late is dropped. */
  #turn = 0

  constructor(element: HTMLElement, props: MagpieChartProps, report: (status: ChartStatus) => void) {
    this.#element = element
    this.#props = props
    this.#report = report
    this.#redraw()
  }

  update(props: MagpieChartProps): void {
    const before = this.#props
    this.#props = props
    const sameError = errorBefore(before)?.sentence === errorBefore(props)?.sentence
    if (!sameError || !sameValue(drawing(before), drawing(props))) this.#redraw()
  }

  finalize(): void {
    this.#turn += 1
    this.#clear()
  }

  #set(status: ChartStatus): void {
    if (sameValue({ ...status }, { ...this.#status })) return
    this.#status = status
    this.#report(status)
  }

  #clear(): void {
    this.#current?.drawing.finalize()
    this.#current?.layer.remove()
    this.#earlier?.remove()
    this.#current = undefined
    this.#earlier = undefined
  }

  #fail(error: MagpieError): void {
    this.#clear()
    this.#set(failed(error))
  }

  #redraw(): void {
    const turn = ++this.#turn
    const error = errorBefore(this.#props)
    if (error !== undefined) return this.#fail(error)
    prepareSpec(this.#props.spec, this.#props.theme)
      .then((prepared) => {
        if (turn !== this.#turn || this.#current?.drawing.adopt(prepared, this.#props) === true) return
        this.#replace(prepared)
      })
      .catch((cause: unknown) => turn === this.#turn && this.#fail(errorOf(cause)))
  }

  #replace(prepared: PreparedSpec): void {
    const last = this.#current
    last?.drawing.finalize()
    if (this.#status.drawn && last !== undefined) {
      this.#earlier?.remove()
      this.#earlier = last.layer
    } else last?.layer.remove()
    const layer = addLayer(this.#element)
    const isCurrent = (): boolean => this.#current?.layer === layer
    this.#current = undefined
    const current = draw(
      layer.element,
      prepared,
      () => this.#props,
      chartTransport(() => this.#props),
      {
        onState: (state) => isCurrent() && this.#onState(state),
        onDrawn: () => isCurrent() && this.#onDrawn(layer),
        onEmpty: (empty) => isCurrent() && this.#set({ ...this.#status, empty }),
        onError: (error) => isCurrent() && this.#onError(error),
      },
    )
    this.#current = { drawing: current, layer }
    this.#set(this.#earlier === undefined ? LOADING : { phase: 'updating', drawn: true, empty: false })
  }

  /** What is said first stays: the next errors are likely to follow from the first. */
  #onError(error: MagpieError): void {
    if (this.#status.phase !== 'error') this.#set(failed(error, this.#status.drawn))
  }

  #onState(state: SessionState): void {
    const { drawn, empty } = this.#status
    if ('error' in state) this.#set({ phase: state.phase, message: state.error.sentence, drawn, empty })
    else if (this.#current?.layer.visible() === true) this.#set({ phase: state.phase, drawn, empty })
    else this.#set({ phase: drawn ? 'updating' : 'loading', drawn, empty })
  }

  #onDrawn(layer: Layer): void {
    this.#earlier?.remove()
    this.#earlier = undefined
    layer.show()
    const { phase, message, empty } = this.#status
    const trouble = message === undefined ? { phase: 'ready' as const } : { phase, message }
    this.#set({ ...trouble, drawn: true, empty })
  }
}

/** Draws a chart into an element and keeps it current; `report` hears of every change of its status. */
export const openChart = (
  element: HTMLElement,
  props: MagpieChartProps,
  report: (status: ChartStatus) => void,
): Chart => new OpenChart(element, props, report)
