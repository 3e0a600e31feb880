declare global {
  // Only a `var` becomes a member of the global object's type.
  var magpieKeepCompiled: (() => void) | undefined
}

/**
 * Keeps the code that V8 has compiled by now for the next run of this program, where it is bundled and nothing was kept before
 * (see boot.mjs). Takes some ten milliseconds then, and else no time.
 */
export const keepCompiled = (): void => globalThis.magpieKeepCompiled?.()
