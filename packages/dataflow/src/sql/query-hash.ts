import type { Query } from './ast.ts'
import { isOfTable } from './of-table.ts'

/** FNV-1a, by words. */
const mix = (hash: number, word: number): number => Math.imul(hash ^ word, 0x01000193)

const ofText = (text: string): number => {
  let hash = text.length
  for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at))
  return hash
}

const ofNumber = (value: number): number =>
  Number.isFinite(value) ? mix(value | 0, ((value % 1) * 2 ** 32) | 0) : ofText(String(value))

const hasher = (omitted?: 'where') => {
  const known = new WeakMap<object, number>()
  const ofNode = (node: object): number => {
    let hash = 1
    if (Array.isArray(node)) for (const item of node) hash = mix(hash, of(item))
    else
      for (const key in node) {
        const value = (node as Readonly<Record<string, unknown>>)[key]
        if (value !== undefined && key !== omitted) hash = mix(hash, of(value))
      }
    return hash
  }
  const of = (node: unknown): number => {
    if (typeof node === 'string') return ofText(node)
    if (typeof node === 'number') return ofNumber(node)
    if (typeof node !== 'object' || node === null) return ofText(String(node))
    if (!isOfTable(node)) return ofNode(node)
    const hash = known.get(node) ?? ofNode(node)
    known.set(node, hash)
    return hash
  }
  return of
}

const whole = hasher()
const untested = hasher('where')

/** An integer, the same for queries that are the same, and hardly ever for others. */
export const queryHash = (query: Query): number => whole(query)

/** The same, for queries that differ in nothing but which rows they leave out, too. */
export const untestedHash = (query: Query): number => untested(query)
