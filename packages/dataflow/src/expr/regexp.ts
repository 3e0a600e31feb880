import { reason, type Reason } from '../reason.ts'

/**
 * A JavaScript regular expression as RE2 text that finds a match in exactly the same strings, or why that is not certain.
 * Both count in different units beyond the BMP, and fold case differently beyond ASCII: such patterns are refused.
 */
export const toRe2 = (pattern: RegExp): string | Reason => {
  if (/[^i]/.test(pattern.flags)) return reason(`the flags ${pattern.flags} of a regular expression have no exact SQL`)
  const insensitive = pattern.flags.includes('i')
  let rest = pattern.source
  let out = ''
  let wild = 0
  while (rest !== '') {
    const token = TOKENS.map((rule) => ({ rule, match: rule.pattern.exec(rest) })).find(({ match }) => match !== null)
    const text = token?.match?.[0]
    if (token === undefined || text === undefined) return unsupported(pattern)
    const written = token.rule.write(text, insensitive)
    if (written === undefined) return unsupported(pattern)
    rest = rest.slice(text.length)
    if (token.rule.wild === true) {
      if (rest.startsWith('+')) wild += 1
      else if (!rest.startsWith('*')) return unsupported(pattern)
      if (wild > 1) return unsupported(pattern)
    }
    out += written
  }
  return out
}

const unsupported = (pattern: RegExp): Reason =>
  reason('a regular expression of this form has no exact SQL', String(pattern))

interface Token {
  readonly pattern: RegExp
  /** May it match half of a surrogate pair? */
  readonly wild?: boolean
  /** The RE2 text; undefined where there is none. */
  write(text: string, insensitive: boolean): string | undefined
}

const same = (text: string): string => text

const ESCAPE = '\\\\(?:[dwtnrfv]|[\\^$\\\\.*+?()[\\]{}|/-]|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4})'

const TOKENS: readonly Token[] = [
  { pattern: /^\(\?:|^\((?!\?)|^\)|^\||^\^|^\$/, write: same },
  { pattern: /^[*+?]\??/, write: same },
  {
    pattern: /^\{[0-9]+(?:,[0-9]*)?\}\??/,
    write: (text) => ((text.match(/[0-9]+/g) ?? []).every((count) => Number(count) <= 100) ? text : undefined),
  },
  { pattern: /^\./, wild: true, write: () => '[^\\n\\r\\x{2028}\\x{2029}]' },
  { pattern: /^\\b/, write: (text, insensitive) => (insensitive ? undefined : text) },
  { pattern: new RegExp(`^\\[\\^(?:${ESCAPE}|[^\\\\\\]\\[])+\\]`), wild: true, write: (text, i) => charClass(text, i) },
  { pattern: new RegExp(`^\\[(?!\\^)(?:${ESCAPE}|[^\\\\\\]\\[])+\\]`), write: (text, i) => charClass(text, i) },
  { pattern: new RegExp(`^${ESCAPE}`), write: (text, i) => letter(decode(text), i, text) },
  { pattern: /^[^\\()[\]{}|*+?.^$\ud800-\udfff]/, write: (text, i) => letter(text, i, text) },
]

/** The character that an escape stands for; undefined for a class. */
const decode = (escape: string): string | undefined => {
  if (/^\\[xu]/.test(escape)) return String.fromCharCode(parseInt(escape.slice(2), 16))
  if (/^\\[dw]/.test(escape)) return undefined
  return { t: '\t', n: '\n', r: '\r', f: '\f', v: '\v' }[escape.slice(1)] ?? escape.slice(1)
}

const letter = (char: string | undefined, insensitive: boolean, escape: string): string | undefined => {
  if (char === undefined) return escape
  if (/[\ud800-\udfff]/.test(char)) return undefined
  if (!insensitive) return code(char)
  if (!/^[\0-\x7f]$/.test(char)) return undefined
  return /[a-zA-Z]/.test(char) ? `[${char.toLowerCase()}${char.toUpperCase()}]` : code(char)
}

const code = (char: string): string => (/^[a-zA-Z0-9_]$/.test(char) ? char : `\\x{${char.charCodeAt(0).toString(16)}}`)

/** A class of single characters, ranges, `\d` and `\w`. */
const charClass = (text: string, insensitive: boolean): string | undefined => {
  const negated = text.startsWith('[^')
  const body = text.slice(negated ? 2 : 1, -1)
  const items = body.match(new RegExp(`${ESCAPE}|[^\\\\]`, 'g')) ?? []
  let out = ''
  for (let i = 0; i < items.length; i++) {
    const item = items[i] ?? ''
    const first = item.startsWith('\\') ? decode(item) : item
    if (first === undefined) {
      if (items[i + 1] === '-' && i + 2 < items.length) return undefined
      out += item
      continue
    }
    const ranged = items[i + 1] === '-' && i + 2 < items.length
    const end = items[i + 2] ?? ''
    const last = ranged ? (end.startsWith('\\') ? decode(end) : end) : first
    if (last === undefined || /[\ud800-\udfff]/.test(first + last)) return undefined
    if (insensitive && !/^[\0-\x7f]+$/.test(first + last)) return undefined
    out += ranges(first, last, insensitive)
    if (ranged) i += 2
  }
  return `[${negated ? '^' : ''}${out}]`
}

const ranges = (first: string, last: string, insensitive: boolean): string => {
  const plain = first === last ? code(first) : `${code(first)}-${code(last)}`
  if (!insensitive) return plain
  const letters = Array.from({ length: 26 }, (_, i) => String.fromCharCode(97 + i))
  const folded = letters.flatMap((lower) => {
    const upper = lower.toUpperCase()
    const within = (char: string): boolean => first <= char && char <= last
    return within(lower) || within(upper) ? [lower, upper] : []
  })
  return plain + folded.join('')
}
