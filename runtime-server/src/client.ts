import { cancellation } from './cancellation.ts'

/** Who waits for an answer. */
export interface Client {
  /** Aborts when the client leaves. Made when first looked at: most answers are there before anybody could. */
  readonly signal: AbortSignal
}

/** A client, and how to say that he left. */
export function createClient(): { readonly client: Client; leave(): void } {
  let controller: AbortController | undefined
  let left = false
  return {
    client: {
      get signal() {
        controller ??= new AbortController()
        if (left) controller.abort(cancellation())
        return controller.signal
      },
    },
    leave: () => {
      left = true
      controller?.abort(cancellation())
    },
  }
}
