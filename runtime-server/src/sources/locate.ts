import { MagpieError } from '@magpie-vega/protocol'
import { realpath } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface SourceRoots {
  /** Directory that relative URLs, and those below `baseUrl`, are read from. */
  readonly dataRoot?: string
  /** URL that relative URLs are resolved against, unless there is a `dataRoot`. */
  readonly baseUrl?: string
  /** Directories that files may be read from, beside `dataRoot`. Absent: any file that a grant names. */
  readonly fileRoots?: readonly string[]
}

export type Location =
  { readonly kind: 'file'; readonly path: string } | { readonly kind: 'http'; readonly url: string }

const unreadable = (url: string, cause: string, remedy: string): MagpieError =>
  new MagpieError('source-unreadable', cause, { place: url, remedy })

const within = (root: string, path: string): boolean => {
  const way = relative(root, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** The real path of a file that exists within one of the roots, links followed. */
const realFile = async (url: string, path: string, roots: readonly string[] | undefined): Promise<Location> => {
  try {
    const real = await realpath(path)
    if (roots === undefined) return { kind: 'file', path: real }
    const realRoots = await Promise.all(roots.map((root) => realpath(root)))
    if (realRoots.some((root) => within(root, real))) return { kind: 'file', path: real }
  } catch {
    throw unreadable(url, 'The file cannot be found', 'Check the path; it must exist where the service runs.')
  }
  throw unreadable(
    url,
    'The file is outside the directories that the service may read',
    'Add its directory to the file roots of the service.',
  )
}

/** Where a URL's data is. Throws `source-unreadable`. */
export const locate = async (given: string, { dataRoot, baseUrl, fileRoots }: SourceRoots): Promise<Location> => {
  const below = baseUrl !== undefined && dataRoot !== undefined && given.startsWith(baseUrl)
  const url = below ? given.slice(baseUrl.length).replace(/^\//, '') : given
  if (/^https?:\/\//i.test(url)) return { kind: 'http', url }
  const roots = fileRoots === undefined ? undefined : [...fileRoots, ...(dataRoot === undefined ? [] : [dataRoot])]
  if (/^file:\/\//i.test(url)) return realFile(url, fileURLToPath(url), roots)
  if (/^[a-z][a-z0-9+.-]*:/i.test(url) || url.startsWith('//')) {
    throw unreadable(url, 'The service reads only http, https and file URLs', 'Use one of these.')
  }
  if (dataRoot === undefined && baseUrl !== undefined) return { kind: 'http', url: new URL(url, baseUrl).href }
  if (isAbsolute(url) && dataRoot === undefined) return realFile(url, url, roots)
  if (dataRoot === undefined) {
    throw unreadable(
      url,
      'The service has no directory that relative URLs start from',
      'Set its data root, or use an absolute URL.',
    )
  }
  const [path] = url.split(/[?#]/, 1)
  return realFile(url, join(dataRoot, decodeURIComponent(path ?? '')), [dataRoot])
}
