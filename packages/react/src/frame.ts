import { noteElement, type Note } from './note.ts'
import type { ChartStatus } from './props.ts'
import { skeleton } from './skeleton.ts'
import { styled, type Styles } from './styled.ts'

type Spec = Readonly<Record<string, unknown>> | undefined

/** What stands around the chart: the skeleton before it; notes of an error, a lost connection or an empty result below or in it. */
export interface Frame {
  /** The place of the chart. */
  readonly view: HTMLElement
  /** @param spec tells the size */
  show(status: ChartStatus, spec: Spec): void
  remove(): void
}

const HIDDEN: Styles = { position: 'absolute', top: '0', left: '0', right: '0', visibility: 'hidden' }
const SHOWN: Styles = { position: 'relative', top: '', left: '', right: '', visibility: '' }

const notesOf = ({ phase, message, drawn, empty }: ChartStatus): readonly Note[] => [
  ...(drawn && empty ? [{ kind: 'empty', text: 'No rows', withChart: true } as const] : []),
  ...(message === undefined
    ? []
    : [{ kind: phase === 'error' ? 'error' : 'warning', text: message, withChart: drawn } as const]),
]

const sameNotes = (a: readonly Note[], b: readonly Note[]): boolean =>
  a.length === b.length &&
  a.every(({ kind, text, withChart }, at) => {
    const other = b[at]
    return kind === other?.kind && text === other.text && withChart === other.withChart
  })

/** Builds the frame in an element, in place of what is there. */
export const openFrame = (parent: Element | DocumentFragment): Frame => {
  const document = parent.ownerDocument
  const frame = styled(document, 'magpie-chart', { position: 'relative', width: '100%' })
  const place = styled(document, '', HIDDEN)
  const view = styled(document, 'magpie-view', { width: '100%', height: '100%' })
  place.append(view)
  frame.append(place)
  let waiting: HTMLElement | undefined
  let notes: readonly Note[] = []
  let shown: readonly HTMLElement[] = []

  const wait = (still: boolean, spec: Spec): void => {
    if (still === (waiting !== undefined)) return
    waiting?.remove()
    waiting = still ? skeleton(document, spec) : undefined
    if (waiting !== undefined) frame.prepend(waiting)
  }

  const say = (next: readonly Note[]): void => {
    // an element that stays is not read out again
    if (sameNotes(notes, next)) return
    notes = next
    shown.forEach((element) => element.remove())
    shown = next.map((note) => noteElement(document, note))
    frame.append(...shown)
  }

  parent.replaceChildren(frame)
  return {
    view,
    show: (status, spec) => {
      const height = spec?.['height'] === 'container' ? '100%' : ''
      frame.dataset['magpiePhase'] = status.phase
      frame.ariaBusy = String(status.phase === 'loading' || status.phase === 'updating')
      frame.style.height = height
      Object.assign(place.style, status.drawn ? SHOWN : HIDDEN, { height })
      // also while the service is away: the page does not jump when it comes
      wait(!status.drawn && status.phase !== 'error', spec)
      say(notesOf(status))
    },
    remove: () => frame.remove(),
  }
}
