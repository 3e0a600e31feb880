/** The local time of a date as if it were UTC: what a timestamp without a zone holds. */
export function wallOf(date: Date): number {
  const wall = new Date(0)
  wall.setUTCFullYear(date.getFullYear(), date.getMonth(), date.getDate())
  return wall.setUTCHours(date.getHours(), date.getMinutes(), date.getSeconds(), date.getMilliseconds())
}

/** What JavaScript makes of such a time as Altair writes it into a chart: an ISO text without a zone. */
export const dateAt = (wall: number): Date => new Date(new Date(wall).toISOString().slice(0, -1))
