import { seeded } from './statistics.ts'

/** A brush at a moment: its two ends as shares of the view's width, as the pointer drew them (the first may be the greater). */
export interface BrushEvent {
  /** Milliseconds since the trace began. */
  readonly at: number
  /** Index of the brushed view. */
  readonly view: number
  readonly ends: readonly [number, number]
}

/** Shares of the events of people who brush linked histograms of flights, as published for real sessions. */
const PAN = 0.67
const ONE_EDGE = 0.19
const REPEAT = 0.13
const REVERSED = 0.2
const STEP = 0.003
const EVENTS_PER_ACTIVATION = 314

/** Gaps between events: quantiles of the published distribution, with its tail. */
const GAPS: readonly (readonly [number, number])[] = [
  [0, 8],
  [0.5, 17],
  [0.75, 33],
  [0.9, 66],
  [0.99, 1040],
  [1, 1500],
]

const gapAt = (share: number): number => {
  const above = GAPS.findIndex(([quantile]) => quantile >= share)
  const [low, from] = GAPS[Math.max(0, above - 1)] ?? [0, 8]
  const [high, to] = GAPS[Math.max(0, above)] ?? [1, 1500]
  return high === low ? from : from + ((to - from) * (share - low)) / (high - low)
}

const inside = (share: number): number => Math.min(1, Math.max(0, share))

/** A trace of `count` events over `views` views, the same for the same seed. */
export function brushTrace(seed: number, count: number, views: number): readonly BrushEvent[] {
  const random = seeded(seed)
  // most steps are small, a few are large: the median is STEP
  const step = (): number => STEP * Math.tan((random() * Math.PI) / 2 / 1.1) * (random() < 0.5 ? -1 : 1)
  const fresh = (): [number, number] => {
    const from = random() * 0.8
    return [from, inside(from + 0.05 + random() * 0.3)]
  }
  const events: BrushEvent[] = []
  let at = 0
  let view = Math.floor(random() * views)
  let ends = fresh()
  let reversed = random() < REVERSED
  // so that a short trace, too, goes from view to view
  const activation = Math.min(EVENTS_PER_ACTIVATION, Math.ceil(count / views))
  for (let index = 0; index < count; index += 1) {
    at += gapAt(random())
    if (index > 0 && index % activation === 0) {
      view = (view + 1) % views
      ends = fresh()
      reversed = random() < REVERSED
    } else {
      const kind = random()
      const moved = step()
      if (kind < PAN) {
        const width = ends[1] - ends[0]
        const from = Math.min(1 - width, Math.max(0, ends[0] + moved))
        ends = [from, from + width]
      } else if (kind < PAN + ONE_EDGE)
        ends = random() < 0.5 ? [inside(ends[0] + moved), ends[1]] : [ends[0], inside(ends[1] + moved)]
      else if (kind > PAN + ONE_EDGE + REPEAT) ends = fresh()
    }
    events.push({ at, view, ends: reversed ? [ends[1], ends[0]] : [ends[0], ends[1]] })
  }
  return events
}
