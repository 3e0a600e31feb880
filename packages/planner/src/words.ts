const WORD = /[\p{ID_Start}$_][\p{ID_Continue}$]*/gu
const QUOTED = /'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)"/g
const WRITES = /\b(?:modify|setdata)\s*\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g

/** Identifiers, wherever they stand in a text. */
export const wordsIn = (text: string): readonly string[] => text.match(WORD) ?? []

/** The contents of the string literals of a text, without escapes. */
export const quotedIn = (text: string): readonly string[] => contents(text, QUOTED)

/** Names of the data sets that an expression changes. */
export const writtenIn = (text: string): readonly string[] => contents(text, WRITES)

const contents = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => (match[1] ?? match[2] ?? '').replace(/\\(.)/g, '$1'))
