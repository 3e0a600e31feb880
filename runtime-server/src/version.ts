import manifest from '../package.json' with { type: 'json' }

/** Version of the service; enters every fingerprint. */
export const VERSION: string = manifest.version
