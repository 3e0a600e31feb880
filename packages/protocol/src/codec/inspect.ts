import { magpie } from '../gen/magpie.js'
import type { InspectRequest, InspectResponse, TableUse } from '../messages.ts'
import { PROTOCOL_VERSION } from '../version.ts'
import { checkVersion, decoding, errorFromWire } from './error.ts'
import { withinLimit } from './limits.ts'

export const encodeInspectRequest = (request: InspectRequest): Uint8Array =>
  magpie.v1.InspectRequest.encode({ protocolVersion: PROTOCOL_VERSION, spec: request.spec }).finish()

/** Throws `bad-request` or `version-mismatch`. */
export const decodeInspectRequest = (bytes: Uint8Array): InspectRequest =>
  decoding('inspect request', () => {
    const wire = magpie.v1.InspectRequest.decode(bytes)
    checkVersion(wire.protocolVersion)
    return { spec: wire.spec ?? '' }
  })

export const encodeInspectResponse = (response: InspectResponse): Uint8Array =>
  magpie.v1.InspectResponse.encode({
    protocolVersion: PROTOCOL_VERSION,
    tables: response.tables.map(useToWire),
  }).finish()

const useToWire = ({ url, columns }: TableUse): magpie.v1.TableUse.$Properties =>
  columns === 'all' ? { url, allColumns: true } : { url, columns: [...columns] }

/** Throws the error that the response carries, `bad-request` and `version-mismatch`. */
export const decodeInspectResponse = (bytes: Uint8Array): InspectResponse =>
  decoding('inspect response', () => {
    const wire = magpie.v1.InspectResponse.decode(bytes)
    checkVersion(wire.protocolVersion)
    if (wire.error) throw errorFromWire(wire.error)
    return { tables: (wire.tables ?? []).map(useFromWire) }
  })

function useFromWire(wire: magpie.v1.TableUse.$Properties): TableUse {
  const columns = wire.columns ?? []
  withinLimit(columns.length, 'columns', '/tables')
  return { url: wire.url ?? '', columns: wire.allColumns === true ? 'all' : [...columns] }
}
