/** Version of the wire contract. A page and a service with different versions do not talk. */
export const PROTOCOL_VERSION = 1
