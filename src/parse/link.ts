/** Checks `--link` as `name[:alias]` and gives it unchanged (docker/cli opts ValidateLink). */
export function parseLink(text: string): string {
  if (text === '') throw new Error('empty string specified for links')
  if (text.split(':').length > 2) throw new Error(`bad format for links: ${text}`)
  return text
}
