import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT, must, run } from './run.mjs'
import { hashFiles, isFresh, markFresh } from './stamp.mjs'

const windows = process.platform === 'win32'
const MINIMUM = [3, 11]

/** The Python of the project's own virtual environment. */
export const PYTHON = join(ROOT, '.venv', windows ? 'Scripts/python.exe' : 'bin/python')

const candidates = () =>
  [process.env.MAGPIE_PYTHON, 'python3', 'python3.13', 'python3.12', 'python3.11', 'python'].filter(Boolean)

async function findPython() {
  for (const command of candidates()) {
    const { code, output } = await run(command, ['-c', 'import sys; print(*sys.version_info[:2])'], { quiet: true })
    const [major = 0, minor = 0] = output.trim().split(' ').map(Number)
    if (code === 0 && (major > MINIMUM[0] || (major === MINIMUM[0] && minor >= MINIMUM[1]))) return command
  }
  process.stderr.write(`No Python ${MINIMUM.join('.')} or newer found. Install one, or name it in MAGPIE_PYTHON.\n`)
  process.exit(1)
}

const packages = ['client', 'dash', 'streamlit', 'panel'].map((name) => `python-wrappers/${name}`)

/** Makes the virtual environment, with the project's packages installed as editable. */
export async function python() {
  const stamp = hashFiles(['python-wrappers/requirements-dev.txt', ...packages.map((path) => `${path}/pyproject.toml`)])
  if (existsSync(PYTHON) && isFresh('python', stamp)) return
  process.stdout.write('Preparing the Python environment …\n')
  if (!existsSync(PYTHON)) await must('Making .venv', await findPython(), ['-m', 'venv', '.venv'], { quiet: true })
  const pip = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check']
  await must('Installing Python packages', PYTHON, [...pip, '-r', 'python-wrappers/requirements-dev.txt'], {
    quiet: true,
  })
  const editable = packages.flatMap((path) => ['-e', path])
  await must('Installing the Python wrappers', PYTHON, [...pip, '--no-deps', '--no-build-isolation', ...editable], {
    quiet: true,
  })
  markFresh('python', stamp)
}
