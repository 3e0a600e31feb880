import type { Binding } from './step.ts'

const number = (value: unknown, otherwise: number): number =>
  value === undefined || value === null || Number.isNaN(Number(value)) ? otherwise : Number(value)

/** Values that a slider can stand at: about these fractions of its way, on its steps. */
function stops({ min, max, step }: Binding): readonly number[] {
  const from = number(min, 0)
  const to = number(max, 100)
  const by = number(step, (to - from) / 100)
  return [0.25, 0.8, 0].map((fraction) =>
    Number((from + Math.round((fraction * (to - from)) / by) * by).toPrecision(12)),
  )
}

/** What a user sets an input element to, in order; never empty. */
export function inputValues(binding: Binding, now: unknown): readonly unknown[] {
  const { input, options = [] } = binding
  if (input === 'range') return stops(binding)
  if (input === 'checkbox') return [now !== true, now === true]
  if (input === 'select' || input === 'radio') {
    const others = options.filter((option) => option !== now)
    return [...new Set([others[0], others.at(-1), others[Math.floor(others.length / 2)]])].filter(
      (option) => option !== undefined,
    )
  }
  if (input === 'number') return [number(now, 1) + 1, number(now, 1)]
  if (input === 'color') return ['#336699']
  if (input === 'date') return ['2010-02-03']
  return ['a', '']
}
