import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { loader } from 'vega'
import { runMutant } from '../../exact/mutate/run-mutant.ts'
import type { RunOptions } from '../../exact/run-spec.ts'
import type { Json } from '../../exact/json.ts'
import { withTables, type SpecWithTables } from '../../exact/tables/with-tables.ts'
import { textOf } from './file.ts'
import { specOf, type SourceCase } from './source-case.ts'

/** `refused`: Vega itself cannot read the file or run the chart, and the planned chart says so as well. */
export type Found = { readonly kind: 'equal' } | { readonly kind: 'refused' | 'wrong'; readonly detail: string }

type Options = Omit<RunOptions, 'placement' | 'asTables'>

/** Where files are written, and how many have been. */
export interface Shelf {
  readonly folder: string
  files: number
}

/** Half a character, which no UTF-8 is, and a column without a name, which apache-arrow writes as one of the name `null`. */
const UNWRITABLE = /\\ud[89a-f]|[{,]"":/

/** Reads a file by Vega's own loader, over HTTP as a page does, and by the service; compares what charts hold of it. */
export async function runSource(one: SourceCase, options: Options, shelf: Shelf): Promise<Found> {
  shelf.files += 1
  const name = `file${shelf.files}`
  const path = join(shelf.folder, name)
  const url = options.data.base + name
  if (!one.missing) await writeFile(path, Buffer.from(textOf(one.content), one.encoding))
  try {
    const spec = { ...specOf(one, url) }
    const own: RunOptions = { ...options, placement: 'capability', loader: loader() }
    const held = one.asTable ? tablesOf(spec, own) : undefined
    const planned = held?.planned ?? spec
    const outcome = await runMutant(planned, [url], own, options.onPhase, held)
    if (outcome.kind === 'equal') return outcome
    // Where Vega trips over a name of JavaScript's own, SQL need not.
    const alone = outcome.kind === 'alike' || (outcome.kind === 'different' && outcome.vegaFails === true)
    return { kind: alone ? 'refused' : 'wrong', detail: outcome.detail }
  } finally {
    await rm(path, { force: true })
  }
}

/** The same rows as a table that was uploaded; undefined where none can hold them. */
function tablesOf(spec: Json, { data }: RunOptions): SpecWithTables | undefined {
  try {
    const held = withTables(spec, data)
    const texts = JSON.stringify(held.alone)
    return held.tables.length > 0 && !UNWRITABLE.test(texts) ? held : undefined
  } catch {
    return undefined
  }
}
