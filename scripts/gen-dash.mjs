// The Python class of the Dash component, from its TSX by Dash's own generator. `--check` changes nothing, and fails when
// the committed files are not what the generator writes.
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PYTHON } from './setup/python.mjs'
import { ROOT, must } from './setup/run.mjs'

const source = join(ROOT, 'packages', 'dash')
const target = join(ROOT, 'python-wrappers', 'dash', 'src', 'dash_magpie', '_generated')
const files = ['MagpieChart.py', '_imports_.py', 'metadata.json', 'proptypes.js']
const reserved = [
  'UNDEFINED',
  'REQUIRED',
  'to_plotly_json',
  'available_properties',
  'available_wildcard_properties',
  '_.*',
]

const folder = mkdtempSync(join(tmpdir(), 'magpie-gen-dash-'))
const made = join(folder, 'dash_magpie')
mkdirSync(made)

// Dash's extractor is CommonJS; inside this repository, whose package.json says `module`, Node would not run it as such.
const installed = await must('Finding Dash', PYTHON, ['-c', 'import dash; print(dash.__path__[0])'], { quiet: true })
copyFileSync(join(installed.trim(), 'extract-meta.js'), join(folder, 'extract-meta.cjs'))
copyFileSync(join(source, 'package.json'), join(folder, 'package.json'))
const pattern = reserved.map((word) => `^${word}$`).join('|')
const metadata = await must(
  'Reading the component',
  process.execPath,
  [join(folder, 'extract-meta.cjs'), '^_', pattern, 'src/components'],
  {
    quiet: true,
    cwd: source,
    env: { MODULES_PATH: join(ROOT, 'node_modules') },
  },
)
writeFileSync(join(folder, 'read.json'), metadata)

const generate = `
import json
from dash.development.component_generator import generate_components
with open("read.json", encoding="utf-8") as file:
    generate_components("src/components", "dash_magpie", "package-info.json", metadata=json.load(file))
`
await must('Generating the Python class', PYTHON, ['-c', generate], { quiet: true, cwd: folder })

const contents = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined)
const changed = files.filter((file) => contents(join(made, file)) !== contents(join(target, file)))
if (process.argv.includes('--check')) {
  if (changed.length > 0)
    process.stderr.write(
      `Generated code is not up to date: ${changed.join(', ')}. Run \`node scripts/gen-dash.mjs\`.\n`,
    )
  process.exitCode = changed.length > 0 ? 1 : 0
} else {
  mkdirSync(target, { recursive: true })
  for (const file of changed) copyFileSync(join(made, file), join(target, file))
  process.stdout.write(changed.length > 0 ? `Wrote ${changed.join(', ')}.\n` : 'Nothing has changed.\n')
}
rmSync(folder, { recursive: true })
