import { link, lstat } from 'node:fs/promises'
import { MagpieError } from '@magpie-vega/protocol'
import { tooLarge } from './receive.ts'

/** Gives a file a second name, instead of a copy. Throws `bad-request` where that cannot be, `too-large` over the limit of bytes. */
export async function linkFile(file: string, target: string, limit: number): Promise<void> {
  try {
    const about = await lstat(file)
    if (!about.isFile()) throw new Error('It is not a regular file')
    if (about.size > limit) throw tooLarge(limit)
    await link(file, target)
  } catch (cause) {
    if (cause instanceof MagpieError) throw cause
    throw new MagpieError('bad-request', 'The file cannot be linked', {
      place: file,
      remedy: 'Send the bytes of the table.',
      cause,
    })
  }
}
