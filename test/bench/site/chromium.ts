import { chromium, type Browser } from 'playwright-core'

/** A headless Chromium that reaches nothing but loopback: the one of `MAGPIE_CHROMIUM`, else the system's. */
export const openChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env['MAGPIE_CHROMIUM'] ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-background-networking',
      '--disable-component-update',
      '--no-first-run',
      '--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1',
    ],
    headless: true,
  })
