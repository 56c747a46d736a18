// The reference's pattern says `(:?` where it means `(?:`, so one colon may stand before each label.
const label = '(:?[a-zA-Z0-9]|(:?[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9]))'
const domain = new RegExp(`^(:?${label}(:?\\.${label})*)\\.?[\\t\\n\\f\\r ]*$`)

/** Takes a `--dns-search` domain, `.` for none, and gives it without its final dot (docker/cli opts ValidateDNSSearch). */
export function parseDnsSearch(text: string): string {
  const trimmed = text.replace(/^ +| +$/g, '')
  if (trimmed === '.') return trimmed
  const [, name] = domain.exec(trimmed) ?? []
  if (!/[a-zA-Z]/.test(trimmed) || name === undefined || name.length >= 255)
    throw new Error(`${trimmed} is not a valid domain`)
  return name
}
