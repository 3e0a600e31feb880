/** The longest text on which a regular expression is tried where nobody can end it. */
const LONGEST = 1000

/** Repetitions of which one holds another (`(a+)+`), and so may try exponentially many ways. */
const NESTED = /\)\s*[*+{]|\)\?/

const repetitions = (source: string): number => source.match(/[*+{]/g)?.length ?? 0

/**
 * The regular expression, when it surely comes to an end soon on this text. JavaScript's engine goes back and tries again, for
 * hours if a hostile pattern asks for it, and cannot be interrupted but by ending its process.
 */
export const quick = (pattern: RegExp, text: string): RegExp => {
  if (text.length > LONGEST || NESTED.test(pattern.source) || repetitions(pattern.source) > 2)
    throw new Error('the regular expression may take long')
  return pattern
}
