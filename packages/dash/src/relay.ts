/** Where the requests of the charts go, and what the app's server wants with them. */
export interface Relay {
  readonly endpoint: string
  readonly headers: Readonly<Record<string, string>>
}

interface DashConfig {
  readonly requests_pathname_prefix?: string
  readonly csrf_token_name?: string
  readonly csrf_header_name?: string
}

/** Dash writes its configuration into the page as JSON. */
const dashConfig = (page: Document): DashConfig => {
  const text = page.getElementById('_dash-config')?.textContent
  return text == null || text === '' ? {} : (JSON.parse(text) as DashConfig)
}

const cookie = (page: Document, name: string): string | undefined =>
  page.cookie
    .split('; ')
    .find((entry) => entry.startsWith(`${name}=`))
    ?.slice(name.length + 1)

/** The app's own relay, under its base path, with the CSRF token that Dash itself would send. */
export const appRelay = (page: Document): Relay => {
  const config = dashConfig(page)
  const token = cookie(page, config.csrf_token_name ?? '_csrf_token')
  return {
    endpoint: `${config.requests_pathname_prefix ?? '/'}_magpie`,
    headers: token === undefined ? {} : { [config.csrf_header_name ?? 'X-CSRFToken']: decodeURIComponent(token) },
  }
}
