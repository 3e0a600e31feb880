import type { Dialect } from './dialect.ts'

/** DuckDB 1.5. Truth level: executed by the tests. */
export const duckdb: Dialect = Object.freeze({
  name: 'duckdb',
  types: {
    double: 'double',
    varchar: 'varchar',
    boolean: 'boolean',
    tinyint: 'tinyint',
    smallint: 'smallint',
    integer: 'integer',
    bigint: 'bigint',
    ubigint: 'ubigint',
    timestamp: 'timestamp',
    utinyint: 'utinyint',
    usmallint: 'usmallint',
    hugeint: 'hugeint',
  },
  functions: {
    bit_and: ([a = '', b = '']: readonly string[]) => `(${a} & ${b})`,
    bit_or: ([a = '', b = '']: readonly string[]) => `(${a} | ${b})`,
  },
  number,
  string,
  identifier,
  lambda: (parameters: readonly string[], body: string) => `lambda ${parameters.join(', ')}: ${body}`,
})

/** A plain `1.5` would be a DECIMAL, and casts from DECIMAL are not exact; with an exponent it is a DOUBLE, read exactly. */
function number(value: number): string {
  if (Number.isNaN(value)) return `'nan'::double`
  if (value === Infinity) return `'inf'::double`
  if (value === -Infinity) return `'-inf'::double`
  if (Object.is(value, -0)) return `'-0'::double`
  const text = String(value)
  const exact = text.includes('e') ? text : `${text}e0`
  return value < 0 ? `(${exact})` : exact
}

/** A statement ends at a NUL, so that character comes from `chr`. */
function string(value: string): string {
  const parts = value.split('\0').map((part) => `'${part.replaceAll("'", "''")}'`)
  return parts.length === 1 ? parts.join('') : `(${parts.join(' || chr(0) || ')})`
}

/** No keyword has a digit, so an identifier with one needs no quotes. */
function identifier(id: string): string {
  return /^[a-z_][a-z_]*[0-9][a-z0-9_]*$/.test(id) ? id : `"${id.replaceAll('"', '""')}"`
}
