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

async function show(name: string): Promise<void> {
  const entry = (await (await fetch(`/specs/${encodeURIComponent(name)}`)).json()) as GalleryEntry
  const vega = name.endsWith('.vl.json') ? compile(entry.spec as unknown as TopLevelSpec).spec : entry.spec
  mounted?.finalize()
  element('title').textContent = name
  element('explain').textContent = explain(plan(vega as Readonly<Record<string, unknown>>, { serverUrls: entry.urls }))
  mounted = mount(element('chart'), { spec: entry.spec, grants: entry.grants, serverUrls: entry.urls })
  for (const link of document.querySelectorAll('nav a')) link.toggleAttribute('aria-current', link.textContent === name)
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
