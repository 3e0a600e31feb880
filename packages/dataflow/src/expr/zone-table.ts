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
const STEP = 2 * DAY

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
  const all = isUtc(name) ? [] : scan(offset, yearStart(FIRST_YEAR), yearStart(LAST_YEAR + 1))
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

const scan = (offset: (at: number) => number, start: number, end: number): readonly Transition[] => {
  const found: Transition[] = []
  let before = offset(start)
  for (let at = start; at < end; at += STEP) {
    let low = at
    const after = offset(at + STEP)
    while (before !== after) {
      const next = search(offset, low, at + STEP, before)
      before = offset(next)
      found.push({ at: next, offset: before })
      low = next
    }
  }
  return found
}

/** The first second in (low, high] whose offset is not `before`. */
const search = (offset: (at: number) => number, low: number, high: number, before: number): number => {
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
