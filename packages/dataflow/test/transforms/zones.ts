/** The process runs in one time zone, which Vega's local time is in: that of the variable TZ. */
export const inZones: readonly string[] = [Intl.DateTimeFormat().resolvedOptions().timeZone]
