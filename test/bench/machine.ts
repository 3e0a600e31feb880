import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os'
import { join } from 'node:path'
import { ROOT } from './places.ts'

const versionOf = (name: string): string => {
  try {
    const text = readFileSync(join(ROOT, 'node_modules', name, 'package.json'), 'utf8')
    return (JSON.parse(text) as { readonly version: string }).version
  } catch {
    return 'absent'
  }
}

const required = (): readonly string[] =>
  readFileSync(join(ROOT, 'test', 'bench', 'requirements.txt'), 'utf8')
    .trim()
    .split('\n')

/** What the figures were taken on; nothing that names a machine. */
export function machineFacts(): readonly string[] {
  const python = spawnSync('python3', ['--version'], { encoding: 'utf8' }).stdout?.trim() ?? ''
  return [
    `${availableParallelism()} processors (${cpus()[0]?.model.trim() ?? 'unknown'}), ${Math.round(totalmem() / 2 ** 30)} GiB of memory, ${process.platform} ${process.arch}`,
    `Node ${process.versions.node}, ${python}, DuckDB ${versionOf('@duckdb/node-api')}, Vega ${versionOf('vega')}, Vega-Lite ${versionOf('vega-lite')}`,
    `Load average when this was written: ${loadavg()[1]?.toFixed(1) ?? '?'}; above the number of processors, others used them too and times are longer than on a quiet machine`,
    `Peers: ${required()
      .map((line) => line.replace('==', ' '))
      .join(', ')}, Mosaic 0.32.0`,
  ]
}
