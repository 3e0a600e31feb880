// `npm run coverage`
import { writeFileSync } from 'node:fs'
import { formatted, FILE } from './ledger.ts'

writeFileSync(FILE, await formatted())
