import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api'
import { duckdb, printExpr, type TypedSql } from '../../src/index.ts'
import { COLUMNS, type NastyRow } from './nasty-rows.ts'

/** A DuckDB that holds the rows, as the service would store them. */
export const engineWith = async (rows: readonly NastyRow[]): Promise<DuckDBConnection> => {
  const connection = await (await DuckDBInstance.create(':memory:')).connect()
  const types = { number: 'double', date: 'double', string: 'varchar', boolean: 'boolean', json: 'varchar' }
  const ids = COLUMNS.map(({ id, type }) => `${id} ${types[type]}`)
  await connection.run(`create table t_1 (row_1 integer, ${ids.join(', ')})`)
  const appender = await connection.createAppender('t_1')
  rows.forEach((row, i) => {
    appender.appendInteger(i)
    for (const { name, type } of COLUMNS) {
      const value = row[name]
      if (value === null || value === undefined) appender.appendNull()
      else if (type === 'json') appender.appendVarchar(JSON.stringify(value))
      else if (type === 'string') appender.appendVarchar(String(value))
      else if (type === 'boolean') appender.appendBoolean(value === true)
      else appender.appendDouble(Number(value))
    }
    appender.endRow()
  })
  appender.closeSync()
  return connection
}

/** The values of compiled expressions for every row, as JavaScript values. */
export const engineValues = async (
  connection: DuckDBConnection,
  compiled: readonly TypedSql[],
): Promise<readonly (readonly unknown[] | string)[]> => {
  const columns = compiled.map(({ sql }, i) => `${printExpr(sql, duckdb)} as r${String(i)}`)
  try {
    const result = await connection.runAndReadAll(`select ${columns.join(', ')} from t_1 order by row_1`)
    return result.getColumns().map((values, i) => {
      const typed = compiled[i]
      return values.map((value) => {
        if (value === null) return typed?.undefinedNull === true ? undefined : null
        if (typed?.type === 'json') return JSON.parse(String(value)) as unknown
        return typed?.type === 'date' ? new Date(Number(value)) : value
      })
    })
  } catch (error) {
    if (compiled.length === 1) return [String(error).slice(0, 300)]
    const values = []
    for (const one of compiled) values.push(...(await engineValues(connection, [one])))
    return values
  }
}
