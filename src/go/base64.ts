/** Text in base64 with `-` and `_`, padded (base64.URLEncoding). */
export function base64Url(text: string): string {
  return Buffer.from(text).toString('base64').replaceAll('+', '-').replaceAll('/', '_')
}
