/** Writes docs/performance.md. */
export function writeReport(): void {
  process.stdout.write('not yet\n')
}
