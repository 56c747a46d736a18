import { formatPlatform, parsePlatform } from '../../parse/platform.ts'

type Host = Parameters<typeof parsePlatform>[1]

/** Takes `--platform`, any number in one or several, `local` for this machine's, and gives their normal forms (buildx platformutil Parse). */
export function parsePlatforms(texts: readonly string[], host: Host): string[] {
  return texts
    .flatMap((text) => text.split(','))
    .map((text) => (text.toLowerCase() === 'local' ? `${host.os}/${host.architecture}` : formatted(text, host)))
}

function formatted(text: string, host: Host): string {
  return formatPlatform(parsePlatform(text, host))
}
