/** From the instant `at` (milliseconds UTC) on, local time is UTC plus `offset` milliseconds. */
export interface Transition {
  readonly at: number
  readonly offset: number
}

/** The transitions of one kind of year; `at` counts from the year's start in UTC. */
export interface YearPattern {
  readonly offset: number
  readonly changes: readonly Transition[]
}

/** All offsets of a time zone, past and future. */
export interface ZoneTable {
  readonly name: string
  /** Offset before the first transition. */
  readonly initial: number
  /** Transitions before `rules`, in order. */
  readonly transitions: readonly Transition[]
  /** First instant (start of a UTC year) from which a year's offsets follow from its kind alone. */
  readonly rules: number
  /** By `yearKind`; of one entry where the offset never changes any more. */
  readonly years: readonly YearPattern[]
}

export const DAY = 86_400_000
const FIRST_YEAR = 1800
/** Transitions are listed up to here at least, since looking them up is cheaper than applying rules. */
const LISTED = 2040
const LAST_YEAR = 2150
/** No zone had changes within two of these of each other before 1900. */
const EARLY_STEP = 30 * DAY
const EARLY = 1900
/** Less than half of the time between any two changes: those of one week, in Brazil in 2000 and in Gaza. */
const STEP = 3 * DAY

export const yearStart = (year: number): number => {
  const date = new Date(0)
  return date.setUTCFullYear(year, 0, 1)
}

/** 0 to 13: weekday of 1 January, plus 7 in leap years. Calendars of years of one kind are the same. */
export const yearKind = (year: number): number =>
  new Date(yearStart(year)).getUTCDay() + (yearStart(year + 1) - yearStart(year) > 365 * DAY ? 7 : 0)

/**
 * Reads a zone's offsets out of the platform's own time zone data, so that they are those of its `Date`.
 * Throws a RangeError for a name that is not an IANA zone.
 */
export const readZone = (name: string): ZoneTable => {
  const offset = offsetReader(name)
  const initial = offset(yearStart(FIRST_YEAR))
  const all = isUtc(name) ? [] : transitionsOf(offset)
  const patterns = new Map<number, YearPattern>()
  let first = LAST_YEAR + 1
  for (let year = LAST_YEAR; year >= FIRST_YEAR; year--) {
    const pattern = patternOf(year, initial, all)
    const kind = yearKind(year)
    const known = patterns.get(kind)
    if (known !== undefined && !equal(known, pattern)) break
    patterns.set(kind, pattern)
    first = year
  }
  const years = Array.from({ length: 14 }, (_, kind) => patterns.get(kind) ?? { offset: initial, changes: [] })
  const constant = years.every((year) => year.changes.length === 0 && year.offset === years[0]?.offset)
  const rules = yearStart(constant ? first : Math.max(first, LISTED))
  return Object.freeze({
    name,
    initial,
    transitions: all.filter((transition) => transition.at < rules),
    rules,
    years: constant ? years.slice(0, 1) : years,
  })
}

/** The commonest zone of services, known without a look at each of its days. */
const isUtc = (timeZone: string): boolean =>
  new Intl.DateTimeFormat('en-US', { timeZone }).resolvedOptions().timeZone === 'UTC'

/** The numbers in a text; faster than by a regular expression, since a zone is read out of tens of thousands of texts. */
const numbersIn = (text: string): readonly number[] => {
  const found: number[] = []
  let within = false
  for (let at = 0; at < text.length; at++) {
    const digit = text.charCodeAt(at) - 48
    const isDigit = digit >= 0 && digit <= 9
    if (isDigit) found.push((within ? (found.pop() ?? 0) * 10 : 0) + digit)
    within = isDigit
  }
  return found
}

/** Offset at an instant, by formatting it: to the second, as in the local mean times of old. */
const offsetReader = (timeZone: string): ((at: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  return (at) => {
    const second = Math.floor(at / 1000) * 1000
    const [day = 1, hour = 0, minute = 0, sec = 0] = numbersIn(format.format(second))
    const ahead = day - new Date(second).getUTCDate()
    // Local time is at most a day away, which may be in another month.
    const days = Math.abs(ahead) > 1 ? -Math.sign(ahead) : ahead
    const start = Math.floor(second / DAY) * DAY
    return start + days * DAY + ((hour * 60 + minute) * 60 + sec) * 1000 - second
  }
}

type Offset = (at: number) => number

/** Every change of offset: found step by step, but where years only follow their kind, which is cheaper to see. */
const transitionsOf = (offset: Offset): readonly Transition[] => {
  const [first, early, listed, last] = [FIRST_YEAR, EARLY, LISTED, LAST_YEAR + 1].map(yearStart) as [
    number,
    number,
    number,
    number,
  ]
  const past = [...scan(offset, first, early, EARLY_STEP), ...scan(offset, early, listed, STEP)]
  return [...past, ...(followingKind(offset, past) ?? scan(offset, listed, last, STEP))]
}

/** Years of each kind, the last ones that are listed: a kind comes again after 28 years at most, but for the turn of a century. */
const KINDS_WITHIN = 28

/** The changes of all years to come, where each is as the last listed year of its kind; undefined where one is not. */
const followingKind = (offset: Offset, past: readonly Transition[]): readonly Transition[] | undefined => {
  const before = offset(yearStart(FIRST_YEAR))
  const patterns = new Map<number, YearPattern>()
  for (let year = LISTED - KINDS_WITHIN; year < LISTED; year++)
    patterns.set(yearKind(year), patternOf(year, before, past))
  const found: Transition[] = []
  for (let year = LISTED; year <= LAST_YEAR; year++) {
    const pattern = patterns.get(yearKind(year))
    if (pattern === undefined || !isAs(pattern, offset, yearStart(year), yearStart(year + 1))) return undefined
    found.push(...pattern.changes.map((change) => ({ at: yearStart(year) + change.at, offset: change.offset })))
  }
  return found
}

/** Are the offsets of a year those of a pattern: around its changes, and in the middle between them? */
const isAs = ({ offset: first, changes }: YearPattern, offset: Offset, start: number, end: number): boolean => {
  const ends = [...changes.map(({ at }) => start + at), end]
  const offsets = [first, ...changes.map((change) => change.offset)]
  return ends.every((until, i) => {
    const from = ends[i - 1] ?? start
    const probes = [from, Math.floor((from + until) / 2000) * 1000, until - 1000]
    return probes.every((at) => offset(at) === offsets[i])
  })
}

const scan = (offset: Offset, start: number, end: number, step: number): readonly Transition[] => {
  const found: Transition[] = []
  let before = offset(start)
  for (let at = start; at < end; at += step) {
    let low = at
    const high = Math.min(at + step, end)
    const after = offset(high)
    while (before !== after) {
      const next = search(offset, low, high, before)
      before = offset(next)
      found.push({ at: next, offset: before })
      low = next
    }
  }
  return found
}

/** The first second in (low, high] whose offset is not `before`. */
const search = (offset: Offset, low: number, high: number, before: number): number => {
  let [left, right] = [low, high]
  while (right - left > 1000) {
    const middle = Math.floor((left + right) / 2000) * 1000
    if (offset(middle) === before) left = middle
    else right = middle
  }
  return right
}

const patternOf = (year: number, initial: number, all: readonly Transition[]): YearPattern => {
  const start = yearStart(year)
  const end = yearStart(year + 1)
  const earlier = all.findLast((transition) => transition.at <= start)
  return {
    offset: earlier?.offset ?? initial,
    changes: all
      .filter((transition) => transition.at > start && transition.at < end)
      .map((transition) => ({ at: transition.at - start, offset: transition.offset })),
  }
}

const equal = (a: YearPattern, b: YearPattern): boolean =>
  a.offset === b.offset &&
  a.changes.length === b.changes.length &&
  a.changes.every((change, i) => change.at === b.changes[i]?.at && change.offset === b.changes[i]?.offset)
