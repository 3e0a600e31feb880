/** Carries a request's bytes to the service and its answer's bytes back. */
export interface Transport {
  /**
   * @param path the service's path, such as `/v1/query`
   * @param signal aborts the request; the promise then rejects
   * @throws MagpieError `unreachable` when the service cannot be reached, or the error that the service answered
   */
  send(path: string, body: Uint8Array, signal: AbortSignal): Promise<Uint8Array>
}
