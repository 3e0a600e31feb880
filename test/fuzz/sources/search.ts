import type { RunOptions } from '../../exact/run-spec.ts'
import type { Phase } from '../../exact/supervise.ts'
import type { Json } from '../../exact/json.ts'
import type { Note, Part } from '../charts/search.ts'
import { shrink } from '../charts/shrink.ts'
import { textOf } from './file.ts'
import { runSource, type Shelf } from './run-source.ts'
import { sourceCase, specOf, type SourceCase } from './source-case.ts'

/** Runs that a wrong case is made smaller in. */
const TRIES = 300

/** What went wrong, whatever the names and numbers. */
const failure = (detail: string): string => detail.replace(/\d+/g, '0').slice(0, 14)

const told = (n: number, one: SourceCase, detail: string): string => {
  const how = [...(one.asTable ? ['as a table'] : []), ...(one.missing ? ['missing'] : []), one.encoding].join(', ')
  return `case ${n}, ${how}: ${detail}\n${JSON.stringify(textOf(one.content))}\n${JSON.stringify(specOf(one, 'URL'))}`
}

/** A case whose parts were left out, as whole as it must be to run. */
const whole = (small: Json, of: SourceCase): SourceCase => ({ ...of, ...small }) as unknown as SourceCase

/** Compares random files with Vega's own loader, one after the other. */
export async function search(
  { seed, first, last }: Omit<Part, 'interact'>,
  options: Omit<RunOptions, 'placement' | 'asTables'>,
  shelf: Shelf,
  say: (note: Note) => void,
): Promise<void> {
  for (let n = first; n < last; n += 1) {
    const one = sourceCase(seed, n)
    const onPhase = (phase: Phase): void => say({ kind: 'at', n, phase })
    onPhase('vega')
    const found = await runSource(one, { ...options, onPhase }, shelf)
    if (found.kind !== 'wrong') {
      say({ kind: 'done', n, found: found.kind, text: 'detail' in found ? found.detail : '' })
      continue
    }
    say({ kind: 'wrong', n, text: told(n, one, found.detail) })
    let { detail } = found
    const wrong = async (small: Json): Promise<boolean> => {
      const again = await runSource(whole(small, one), options, shelf)
      if (again.kind !== 'wrong' || failure(again.detail) !== failure(found.detail)) return false
      ;({ detail } = again)
      return true
    }
    const { content, format, chains, asTable, signal, missing } = one
    const small = await shrink({ chains, content, format, asTable, signal, missing }, wrong, TRIES)
    say({ kind: 'done', n, found: 'wrong', text: told(n, whole(small, one), detail) })
  }
}
