import { HTTP_STATUS, MagpieError } from '../errors.ts'
import type { ErrorCode } from '../errors.ts'
import { magpie } from '../gen/magpie.js'
import { PROTOCOL_VERSION } from '../version.ts'

/** Bytes of the error that every failed request has as its body. */
export const encodeError = (error: MagpieError): Uint8Array => magpie.v1.Error.encode(errorToWire(error)).finish()

/** Reads the body of a failed request; what is no encoded error becomes `unreachable`, as a proxy answers. */
export function decodeError(bytes: Uint8Array): MagpieError {
  try {
    const wire = magpie.v1.Error.decode(bytes)
    if (isErrorCode(wire.code ?? '')) return errorFromWire(wire)
  } catch {
    // Falls through to the general answer: the body is not ours.
  }
  return new MagpieError('unreachable', 'The answer does not come from a Magpie service')
}

export const errorToWire = (error: MagpieError): magpie.v1.Error.$Properties => ({
  code: error.code,
  message: error.message,
  place: error.place,
  remedy: error.remedy,
})

export function errorFromWire(wire: magpie.v1.Error.$Properties): MagpieError {
  const code = wire.code ?? ''
  return new MagpieError(isErrorCode(code) ? code : 'internal', wire.message ?? '', {
    place: wire.place ?? '',
    remedy: wire.remedy ?? '',
  })
}

const isErrorCode = (code: string): code is ErrorCode => Object.hasOwn(HTTP_STATUS, code)

/** Runs a decoder; malformed bytes become `bad-request`. */
export function decoding<T>(what: string, decode: () => T): T {
  try {
    return decode()
  } catch (cause) {
    if (cause instanceof MagpieError) throw cause
    throw new MagpieError(
      'bad-request',
      `Malformed ${what}: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  }
}

/** Throws `version-mismatch` unless the other side speaks this version. */
export function checkVersion(version: number | null | undefined): void {
  if (version === PROTOCOL_VERSION) return
  throw new MagpieError(
    'version-mismatch',
    `Page and service speak versions ${version ?? 0} and ${PROTOCOL_VERSION} of the protocol`,
    {
      remedy: 'Reload the page; if that does not help, install the same version of Magpie on both sides.',
    },
  )
}
