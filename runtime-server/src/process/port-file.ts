import { readFile, rename, rm, writeFile } from 'node:fs/promises'

/** Tells others where the service listens. */
export interface PortFile {
  readonly port: number
  readonly pid: number
  readonly version: string
  readonly url: string
}

/** Writes the file in one step: a reader sees all of it or none. */
export async function writePortFile(path: string, content: PortFile): Promise<void> {
  const incoming = `${path}.${content.pid}`
  await writeFile(incoming, `${JSON.stringify(content)}\n`)
  await rename(incoming, path)
}

/** Removes the file unless another service has replaced it. */
export async function removePortFile(path: string, pid: number): Promise<void> {
  const text = await readFile(path, 'utf8').catch(() => '')
  if (text.includes(`"pid":${pid},`)) await rm(path, { force: true })
}
