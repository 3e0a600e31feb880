/** Watches whether anybody still needs the service. */
export interface Lifetime {
  /** A request began. */
  started(): void
  /** A request ended. */
  finished(): void
  inFlight(): number
  end(): void
}

export interface LifetimeOptions {
  /** 0: never. */
  readonly idleExitMs: number
  /** Ends the service when none of them is left; empty: does not matter. */
  readonly parentPids: readonly number[]
  readonly isAlive: (pid: number) => boolean
  /** Milliseconds from any origin. */
  readonly now: () => number
  readonly checkEveryMs: number
  readonly onUnneeded: (why: 'idle' | 'orphaned') => void
}

export function watchLifetime(options: LifetimeOptions): Lifetime {
  const { idleExitMs, parentPids, isAlive, now, onUnneeded } = options
  let inFlight = 0
  let lastUse = now()

  const check = (): void => {
    if (parentPids.length > 0 && !parentPids.some(isAlive)) onUnneeded('orphaned')
    else if (idleExitMs > 0 && inFlight === 0 && now() - lastUse >= idleExitMs) onUnneeded('idle')
  }
  const timer = setInterval(check, options.checkEveryMs)
  timer.unref()

  return {
    started: () => {
      inFlight += 1
    },
    finished: () => {
      inFlight -= 1
      lastUse = now()
    },
    inFlight: () => inFlight,
    end: () => clearInterval(timer),
  }
}

/** Whether a process exists; one that may not be signalled does. */
export function processIsAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
