export { channelTransport, fetchTransport } from './transport-index.ts'
export type { ChannelTransport, FetchOptions, Transport } from './transport-index.ts'
