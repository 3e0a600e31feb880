/**
 * How the characters of texts are made: all of them ASCII, which have an upper and a lower case of their own, or all of them one
 * UTF-16 unit, so that the engine counts as JavaScript does. Undefined: unknown.
 */
export type Alphabet = 'ascii' | 'bmp' | undefined

export const alphabetOf = (text: string): Alphabet =>
  /^[\0-\x7f]*$/.test(text) ? 'ascii' : /[\ud800-\udfff]/.test(text) ? undefined : 'bmp'

/** What is true of texts that are made of such texts. */
export const commonAlphabet = (alphabets: readonly Alphabet[]): Alphabet =>
  alphabets.every((alphabet) => alphabet === 'ascii') ? 'ascii' : alphabets.includes(undefined) ? undefined : 'bmp'
