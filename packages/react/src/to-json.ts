import type { Json } from './props.ts'

/** A value as the host may receive it: Dates as milliseconds since the epoch, NaN and the infinities as null. */
export const toJson = (value: unknown): Json => {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean' || typeof value === 'string') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (value instanceof Date) return toJson(value.getTime())
  if (Array.isArray(value)) return Array.from(value as readonly unknown[], toJson)
  if (ArrayBuffer.isView(value) && !(value instanceof DataView)) return Array.from(value as Float64Array, toJson)
  if (typeof value !== 'object') return String(value)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, item]) =>
      item === undefined || typeof item === 'function' ? [] : [[key, toJson(item)]],
    ),
  )
}
