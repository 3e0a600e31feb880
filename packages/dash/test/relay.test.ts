// @vitest-environment happy-dom
import { afterEach, expect, it } from 'vitest'
import { appRelay } from '../src/relay.ts'

const configure = (config: object): void => {
  document.body.innerHTML = `<script id="_dash-config" type="application/json">${JSON.stringify(config)}</script>`
}

afterEach(() => {
  document.body.innerHTML = ''
  document.cookie = 'token=; expires=Thu, 01 Jan 1970 00:00:00 GMT'
})

it('is below the base path that the browser uses', () => {
  configure({ requests_pathname_prefix: '/base/' })
  expect(appRelay(document)).toEqual({ endpoint: '/base/_magpie', headers: {} })
})

it('sends the token that Dash itself would send', () => {
  configure({ requests_pathname_prefix: '/', csrf_token_name: 'token', csrf_header_name: 'X-Token' })
  document.cookie = 'token=a%20b'
  expect(appRelay(document).headers).toEqual({ 'X-Token': 'a b' })
})

it('is at the root of a page without a configuration', () => {
  expect(appRelay(document).endpoint).toBe('/_magpie')
})
