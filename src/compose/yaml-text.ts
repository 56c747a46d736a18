/** Takes the bytes of a YAML file, UTF-8 or what its byte order mark says, and gives its text; throws for what YAML does not allow in one. */
export function readText(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return checked(new TextDecoder('utf-16le').decode(bytes))
  if (first === 0xfe && second === 0xff)
    return checked(
      Buffer.from(bytes.slice(2, bytes.length & ~1))
        .swap16()
        .toString('utf16le'),
    )
  try {
    return checked(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (error) {
    if (!(error instanceof TypeError)) throw error
    throw new Error('yaml: invalid leading UTF-8 octet', { cause: error })
  }
}

function checked(text: string): string {
  // oxlint-disable-next-line no-control-regex
  if (!/[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(text)) return text
  throw new Error('yaml: control characters are not allowed')
}
