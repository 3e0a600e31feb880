// `npm run demo`: three apps, one per framework, over three million flights. `--check` opens each in Chromium and exits.
import { setup } from './setup.mjs'
import { startApps } from './demo/apps.mjs'

const check = process.argv.includes('--check')
const { chromium } = await setup()
const apps = await startApps()
const stop = async (code) => {
  await apps.stop()
  process.exit(code)
}
process.on('SIGINT', () => void stop(0))
process.on('SIGTERM', () => void stop(0))

process.stdout.write('\n')
for (const app of apps.list) process.stdout.write(`  ${app.name.padEnd(10)} ${app.url}\n`)
if (check) {
  const { checkApps } = await import('./demo/check.mjs')
  await stop((await checkApps(apps, chromium)) ? 0 : 1)
} else {
  process.stdout.write('\nDrag a brush over a histogram; the other two follow. Ctrl+C ends all three.\n')
}
