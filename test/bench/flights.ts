import { existsSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { writeArrow } from './arrow-file.ts'
import { cacheFolder, REAL_FLIGHTS } from './places.ts'

/** Flights on disk, in the two forms that everybody reads. */
export interface Flights {
  readonly rows: number
  readonly parquet: string
  /** Arrow IPC stream. */
  readonly arrow: string
}

const SEED = 20_011
const VERSION = 1

const AIRLINES = ['AA', 'AS', 'B6', 'CO', 'DH', 'DL', 'EV', 'FL', 'HA', 'HP', 'MQ', 'NW', 'OO', 'TZ', 'UA', 'US', 'WN']

/**
 * Rows like those of American flights, the same for the same number: whole minutes of delay that grow with the hour and the
 * distance, 1 % of them unknown, 0.02 % infinite; times on the minute, more by day than by night; origins as unequal in
 * number as airports are.
 */
const GENERATE = (rows: number): string => `
with random as (select i, hash(i, ${SEED}) h, hash(i, ${SEED + 1}) k, hash(i, ${SEED + 2}) m from range(${rows}) t(i)),
uniform as (
  select i,
    ((h % 1000003) + 0.5) / 1000003 a, ((h // 1000003 % 1000003) + 0.5) / 1000003 b,
    ((k % 1000003) + 0.5) / 1000003 c, ((k // 1000003 % 1000003) + 0.5) / 1000003 d,
    ((m % 1000003) + 0.5) / 1000003 e, (m // 1000003 % 10000) f
  from random
),
flight as (
  select *, round(80 + 2300 * a * a + 400 * b)::integer distance,
    (floor(b * 180) * 1440 + floor(1440 * (0.25 + 0.75 * pow(c, 0.8))))::integer % 259200 as minute
  from uniform
)
select
  case when f < 100 then null when f = 100 then 'infinity'::double when f = 101 then '-infinity'::double
    else round(-18 - 14 * ln(d) * (0.4 + (minute % 1440) / 1440.0) + distance / 300.0) end as delay,
  distance,
  timestamp '2001-01-01' + to_minutes(minute) as time,
  [${AIRLINES.map((name) => `'${name}'`).join(', ')}][1 + floor(${AIRLINES.length} * e * e)::integer] as airline,
  'A' || lpad((floor(280 * a * e * sqrt(c)))::integer::varchar, 3, '0') as origin
from flight order by i`

const REAL = `
select delay::double delay, distance::integer distance, date as time,
  substr(destination, 1, 1) as airline, origin
from read_parquet('${REAL_FLIGHTS}')`

/** Writes the rows once; later runs find them. */
export async function flights(rows: number, real = false): Promise<Flights> {
  const folder = cacheFolder('bench')
  const name = real ? `flights-real-v${VERSION}` : `flights-${rows}-${SEED}-v${VERSION}`
  const parquet = join(folder, `${name}.parquet`)
  const arrow = join(folder, `${name}.arrow`)
  const instance = await DuckDBInstance.create()
  const connection = await instance.connect()
  try {
    if (!existsSync(parquet)) {
      await connection.run(`copy (${real ? REAL : GENERATE(rows)}) to '${parquet}.part' (format parquet)`)
      renameSync(`${parquet}.part`, parquet)
    }
    if (!existsSync(arrow)) {
      await writeArrow(connection, parquet, `${arrow}.part`)
      renameSync(`${arrow}.part`, arrow)
    }
    const counted = await connection.runAndReadAll(`select count(*) n from read_parquet('${parquet}')`)
    return { rows: Number(counted.getRowObjects()[0]?.['n']), parquet, arrow }
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
