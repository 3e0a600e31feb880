import { chromium } from 'playwright-core'
import type { Browser } from 'playwright-core'

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--no-first-run',
]

/** A headless Chromium: the one of `MAGPIE_CHROMIUM`, else the system's. */
export const browser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['MAGPIE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: FLAGS,
    headless: true,
    timeout: 240_000,
  })
