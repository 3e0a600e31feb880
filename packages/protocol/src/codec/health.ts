import { magpie } from '../gen/magpie.js'
import type { Health } from '../messages.ts'
import { decoding } from './error.ts'

export const encodeHealth = (health: Health): Uint8Array => magpie.v1.Health.encode({ ...health }).finish()

/** Reads a health answer; the caller compares `protocolVersion`, since health must be readable across versions. */
export const decodeHealth = (bytes: Uint8Array): Health =>
  decoding('health answer', () => {
    const wire = magpie.v1.Health.decode(bytes)
    return {
      protocolVersion: wire.protocolVersion ?? 0,
      version: wire.version ?? '',
      status: wire.status === 'ok' ? 'ok' : 'stopping',
    }
  })
