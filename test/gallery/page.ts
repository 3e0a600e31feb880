import { explain, plan } from '@magpie-vega/planner'
import { mount, type MountedChart } from '@magpie-vega/react'
import { compile, type TopLevelSpec } from 'vega-lite'

interface GalleryEntry {
  readonly name: string
  readonly spec: Readonly<Record<string, unknown>>
  readonly grants: readonly string[]
  readonly urls: readonly string[]
}

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found
}

let mounted: MountedChart | undefined

/** Counts what was chosen, so that a spec that comes late is dropped. */
let turn = 0

async function show(name: string): Promise<void> {
  const own = ++turn
  const answer = await fetch(`/specs/${encodeURIComponent(name)}`)
  const entry = answer.ok ? ((await answer.json()) as GalleryEntry) : undefined
  if (own !== turn) return
  mounted?.finalize()
  mounted = undefined
  element('title').textContent = name
  for (const link of document.querySelectorAll('nav a')) {
    if (link.textContent === name) link.setAttribute('aria-current', 'page')
    else link.removeAttribute('aria-current')
  }
  if (entry === undefined) {
    element('explain').textContent = 'There is no spec of this name. Choose one from the list.'
    return
  }
  mounted = mount(element('chart'), { spec: entry.spec, grants: entry.grants, serverUrls: entry.urls })
  element('explain').textContent = reasons(entry)
}

function reasons({ name, spec, urls }: GalleryEntry): string {
  try {
    const vega = name.endsWith('.vl.json') ? compile(spec as unknown as TopLevelSpec).spec : spec
    return explain(plan(vega as Readonly<Record<string, unknown>>, { serverUrls: urls }))
  } catch {
    // the chart itself says what is wrong with its spec
    return ''
  }
}

const names = (await (await fetch('/specs')).json()) as readonly string[]
for (const name of names) {
  const link = document.createElement('a')
  link.textContent = name
  link.href = `#${name}`
  element('specs').append(link)
}
const selected = (): string => decodeURIComponent(location.hash.slice(1)) || (names[0] ?? '')
addEventListener('hashchange', () => void show(selected()))
await show(selected())
