type Headers = Readonly<Record<string, string>>

/** The headers that let a page of another origin call the service; none unless its origin is configured. */
export type Cors = (origin: string | undefined) => Headers

export function createCors(origins: readonly string[]): Cors {
  return (origin) => {
    if (origins.length === 0) return {}
    if (origin === undefined || !(origins.includes('*') || origins.includes(origin))) return { vary: 'origin' }
    return {
      vary: 'origin',
      'access-control-allow-origin': origin,
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, OPTIONS',
      'access-control-allow-headers': 'authorization, content-type',
      'access-control-max-age': '600',
    }
  }
}
