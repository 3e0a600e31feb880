/** The segments of a field name as Vega reads it: `a.b`, `a['b']` and `a\\.b` (one segment). Total: brackets may be missing. */
export const accessPath = (field: string): readonly string[] => {
  const path: string[] = []
  let segment = ''
  let quote = ''
  for (let i = 0; i < field.length; ++i) {
    const c = field.charAt(i)
    if (c === '\\') segment += field.charAt(++i)
    else if (quote !== '') {
      if (c === quote) quote = ''
      else segment += c
    } else if (c === '"' || c === "'") quote = c
    else if (c === '.' || c === '[' || c === ']') {
      if (segment !== '') path.push(segment)
      segment = ''
    } else segment += c
  }
  if (segment !== '') path.push(segment)
  return path
}
