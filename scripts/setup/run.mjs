import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** The folder of the repository, without a closing slash. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '')

/**
 * Runs a command in the repository and resolves with its exit code and output.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{env?: Record<string, string>, quiet?: boolean, cwd?: string}} [options] quiet: collect the output, do not print it
 * @returns {Promise<{code: number, output: string}>}
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd ?? ROOT,
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32' && /^(npm|npx)$/.test(command),
    })
    let output = ''
    const take = (stream) => (chunk) => {
      output += chunk
      if (options.quiet !== true) stream.write(chunk)
    }
    child.stdout.on('data', take(process.stdout))
    child.stderr.on('data', take(process.stderr))
    child.on('error', (error) => resolve({ code: 127, output: `${output}${error.message}\n` }))
    child.on('close', (code) => resolve({ code: code ?? 1, output }))
  })
}

/** Runs a command that must succeed; otherwise prints what it said and ends this process. */
export async function must(what, command, args, options = {}) {
  const { code, output } = await run(command, args, options)
  if (code === 0) return output
  if (options.quiet === true) process.stderr.write(output)
  process.stderr.write(`${what} failed: \`${[command, ...args].join(' ')}\` ended with ${code}.\n`)
  process.exit(1)
}
