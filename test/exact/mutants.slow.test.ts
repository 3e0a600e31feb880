// Protects: a spec with faults fails in the planned chart as it fails in Vega alone, or draws the same, and the service goes on.
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readCorpus } from './corpus.ts'
import { DataServer } from './data-server.ts'
import { runCases, type Note } from './mutate/run-cases.ts'
import { runMutant } from './mutate/run-mutant.ts'
import { startService, type RunningService } from './service.ts'

let data: DataServer
let service: RunningService
beforeAll(async () => {
  data = await DataServer.start(fileURLToPath(new URL('../../node_modules/vega-datasets/data', import.meta.url)))
  service = await startService()
})
afterAll(async () => {
  await service.stop()
  await data.stop()
})

const options = () => {
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions()
  return { data, service, timeZone, placement: 'capability' } as const
}

test('a seeded slice of `npm run exact -- --mutate`', async () => {
  const notes: Note[] = []
  const corpus = readCorpus(fileURLToPath(new URL('../specs', import.meta.url)))
  await runCases(corpus, { seed: 20_261_121, first: 0, last: 40 }, options(), (note) => void notes.push(note))
  const outcomes = notes.flatMap((note) => (note.kind === 'done' ? [{ n: note.n, ...note.outcome }] : []))
  expect(outcomes).toHaveLength(40)
  expect(outcomes.filter(({ kind }) => kind === 'different')).toEqual([])
  expect(outcomes.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['equal', 'alike']))
})

const cars = (more: object): Record<string, unknown> => ({
  data: [{ name: 'cars', url: 'data/cars.json', transform: [{ type: 'aggregate', groupby: ['Origin'] }] }],
  marks: [{ type: 'rect', from: { data: 'cars' } }],
  ...more,
})

test.each<[string, Record<string, unknown>, RegExp]>([
  [
    'two data sets of one name',
    cars({ data: [...(cars({}).data as object[]), { name: 'cars', values: [1] }] }),
    /Duplicate data set name: "cars"/,
  ],
  [
    'a signal that a transform writes too',
    cars({
      signals: [{ name: 'e', value: 0 }],
      data: [{ name: 'cars', url: 'data/cars.json', transform: [{ type: 'extent', field: 'Year', signal: 'e' }] }],
    }),
    /Duplicate signal name: "e"/,
  ],
  [
    'a fault that only the server meets, and one before it that only the whole spec has',
    cars({
      signals: [{ name: 's', update: 'nowhere' }],
      data: [
        { name: 'cars', url: 'data/cars.json', transform: [{ type: 'aggregate', ops: ['mean'], fields: ['a', 'b'] }] },
      ],
    }),
    /Unrecognized signal name: "nowhere"/,
  ],
  [
    'a root whose value only a View knows, which cannot be made',
    cars({
      signals: [{ name: 'root', update: 'height / 2', on: [{ events: 'click', update: 'nowhere' }] }],
      data: [{ name: 'cars', url: 'data/cars.json', transform: [{ type: 'filter', expr: 'datum.Year > root' }] }],
    }),
    /Unrecognized signal name: "nowhere"/,
  ],
  [
    'a root whose value only a View knows, and a fault that only the server meets',
    cars({
      signals: [{ name: 'years', update: 'slice(found)', on: [{ events: 'click', update: 'years' }] }],
      data: [
        { name: 'all', url: 'data/cars.json', transform: [{ type: 'extent', signal: 'found' }] },
        { name: 'cars', source: 'all', transform: [{ type: 'filter', expr: 'datum.Year > years[0]' }] },
      ],
    }),
    /Missing required "extent" parameter: "field"/,
  ],
  [
    'a root whose value only a View knows, and a fault that the rows show on the server',
    cars({
      signals: [{ name: 'years', update: 'slice(found)', on: [{ events: 'click', update: 'years' }] }],
      data: [
        { name: 'all', url: 'data/cars.json', transform: [{ type: 'extent', field: false, signal: 'found' }] },
        { name: 'cars', source: 'all', transform: [{ type: 'filter', expr: 'datum.Year > years[0]' }] },
      ],
    }),
    /^field is not a function/,
  ],
  [
    'a fault that the rows show, and one that shows when a View is made',
    cars({
      data: [{ name: 'cars', url: 'data/cars.json', transform: [{ type: 'formula', expr: 'length(null)', as: 'n' }] }],
      marks: [{ type: 'group', from: { facet: { name: 'cell', data: 'cars', groupby: [0] } } }],
    }),
    /replace is not a function/,
  ],
  [
    'a list that is null, of rows that nobody reads',
    cars({
      data: [
        ...(cars({}).data as object[]),
        { name: 'more', url: 'data/cars.json', transform: [{ type: 'stack', field: 'Year', as: null }] },
      ],
    }),
    /properties of null \(reading 'map'\)/,
  ],
  [
    'one transform that is no list',
    cars({ data: [{ name: 'cars', url: 'data/cars.json', transform: { type: 'identifier', as: 'id' } }] }),
    /transform.forEach is not a function/,
  ],
])('%s: Vega’s own words', async (_what, spec, words) => {
  const { spec: local, urls } = data.localise(spec)
  expect(await runMutant(local, urls, options())).toEqual({
    kind: 'alike',
    detail: expect.stringMatching(words) as unknown,
  })
})
