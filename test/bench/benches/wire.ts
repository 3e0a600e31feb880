import { readCorpus } from '../../exact/corpus.ts'
import { DataServer } from '../../exact/data-server.ts'
import { takesPart, type Bench, type Run } from '../bench.ts'
import type { Bytes } from '../corpus/counted.ts'
import { firstLoad, type FirstLoad } from '../corpus/first-load.ts'
import { figuresOf, type Figure, type Samples } from '../figure.ts'
import { vegaFusionPeer } from '../peers/vegafusion-peer.ts'
import { DATA_SETS } from '../places.ts'
import { granting, startService, tableHome } from '../service.ts'

/** A loss of fewer bytes than this is the words of a question, not rows. */
const WORDS = 2000
/** Losses that are named. */
const MOST = 12

type Counted = keyof Bytes

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0)

const subjectsOf = (
  loads: readonly FirstLoad[],
  counted: Counted,
  fold: (values: readonly number[]) => readonly number[],
): Samples['subjects'] =>
  new Map([
    ['magpie', fold(loads.map(({ magpie }) => magpie[counted]))],
    ['plain Vega', fold(loads.map(({ vega }) => vega[counted]))],
    ['VegaFusion', fold(loads.flatMap(({ vegaFusion }) => vegaFusion?.[counted] ?? []))],
  ])

const WORDING: Readonly<Record<Counted, string>> = { plain: '', gzip: ', gzip' }

const figures = (loads: readonly FirstLoad[], who: string): readonly Figure[] =>
  (['plain', 'gzip'] as const).flatMap((counted) =>
    (['per spec', 'total'] as const).flatMap((what) =>
      figuresOf({
        bench: 'wire',
        case: `${loads.length} specs${who}: ${what}${WORDING[counted]}`,
        rows: 0,
        unit: 'bytes',
        subjects: subjectsOf(loads, counted, what === 'total' ? (values) => [sum(values)] : (values) => values),
      }),
    ),
  )

const each = (load: FirstLoad): readonly Figure[] =>
  figuresOf({
    bench: 'wire',
    case: `spec ${load.path}`,
    rows: 0,
    unit: 'bytes',
    subjects: subjectsOf([load], 'plain', (values) => values),
  })

function tell(loads: readonly FirstLoad[], run: Run): void {
  const asked = loads.filter(({ requests }) => requests > 0)
  const smaller = asked.filter(({ magpie, vega }) => magpie.plain < vega.plain)
  const larger = asked.filter(({ magpie, vega }) => magpie.plain > vega.plain + WORDS)
  run.say(
    `${loads.length} specs: ${asked.length} ask the service (${smaller.length} move fewer bytes than plain Vega, ${larger.length} over ${WORDS} bytes more), ${loads.length - asked.length} stay in the browser whole and move what plain Vega moves`,
  )
  const several = asked.filter(({ requests }) => requests > 1).length
  run.say(`${asked.length - several} of ${asked.length} charts that ask the service ask once`)
  const both = loads.filter(({ vegaFusion }) => vegaFusion !== undefined)
  const beats = (counted: Counted): number =>
    both.filter(({ magpie, vegaFusion }) => magpie[counted] < (vegaFusion?.[counted] ?? 0)).length
  if (both.length > 0)
    run.say(
      `of the ${both.length} specs that VegaFusion takes, ours moves fewer bytes in ${beats('plain')}, compressed in ${beats('gzip')}`,
    )
  const refused = loads.filter(({ refusal }) => refusal !== undefined)
  if (refused.length > 0)
    run.say(
      `VegaFusion does not take ${refused.length} specs, such as ${refused[0]?.path ?? ''}: ${refused[0]?.refusal ?? ''}`,
    )
  const by = ({ magpie, vega }: FirstLoad): number => magpie.plain - vega.plain
  const worst = [...larger].sort((a, b) => by(b) - by(a)).slice(0, MOST)
  worst.forEach((load) =>
    run.say(`more than plain Vega: ${load.path}, ${load.magpie.plain} bytes against ${load.vega.plain}`),
  )
}

export const wire: Bench = {
  name: 'wire',
  about:
    'Bytes of the first load of each spec of a folder: spec, loads, question and answer; every URL granted to the service',
  run: async (run) => {
    const data = await DataServer.start(DATA_SETS)
    const home = tableHome()
    const service = await startService(home)
    const vegaFusion = takesPart(run, 'vegafusion') ? await vegaFusionPeer() : undefined
    try {
      const ground = { data, service: granting(service, home), vegaFusion }
      const loads: FirstLoad[] = []
      for (const entry of readCorpus(run.specs).slice(0, run.limit)) {
        const load = await firstLoad(entry, ground)
        if (load === undefined) run.say(`left out, plain Vega fails: ${entry.path}`)
        else loads.push(load)
      }
      tell(loads, run)
      const both = loads.filter(({ vegaFusion: peer }) => peer !== undefined)
      return [
        ...figures(
          loads.map((load) => ({ ...load, vegaFusion: undefined })),
          '',
        ),
        ...(both.length > 0 ? figures(both, ' that VegaFusion takes') : []),
        ...loads.flatMap(each),
      ]
    } finally {
      vegaFusion?.close()
      await service.stop()
      await data.stop()
      home.remove()
    }
  },
}
