import { quote } from '../go/quote.ts'

/** A platform as image indexes name it. */
export interface Platform {
  os: string
  architecture: string
  variant: string
  osVersion: string
  osFeatures: string[]
}

const systems = new Set(
  'aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris windows zos'.split(
    ' ',
  ),
)
const architectures = new Set(
  (
    '386 amd64 amd64p32 arm armbe arm64 arm64be ppc64 ppc64le loong64 mips mipsle mips64 mips64le mips64p32 ' +
    'mips64p32le ppc riscv riscv64 s390 s390x sparc sparc64 wasm'
  ).split(' '),
)
const osPattern = '^([A-Za-z0-9_-]+)(?:\\(([A-Za-z0-9_.%-]*)((?:\\+[A-Za-z0-9_.%-]+)*)\\))?$'
const partPattern = '^[A-Za-z0-9_.-]+$'

/** Takes `os[(version+feature)][/arch[/variant]]` or an architecture alone; `host` fills in what is left out (containerd/platforms Parse). */
export function parsePlatform(text: string, host: { os: string; architecture: string }): Platform {
  if (text.includes('*')) throw new Error(`${quote(text)}: wildcards not yet supported: invalid argument`)
  // No more than four parts are looked at, the fourth being the rest.
  const parts = text.split('/')
  if (parts.length > 4) parts.push(parts.splice(3).join('/'))
  const [first = '', arch = '', variant = ''] = parts
  const system = parseSystem(first, text)
  const bad = parts.slice(1).find((part) => !new RegExp(partPattern).test(part))
  if (bad !== undefined) throw mismatch(bad, text, 'an invalid component', 'platform specifier component', partPattern)
  if (parts.length === 1) return fromOneWord(first, system, host, text)
  if (parts.length > 3) throw new Error(`${quote(text)}: cannot parse platform specifier: invalid argument`)
  const normal = normalizeArchitecture(arch, variant)
  if (parts.length === 2) return { ...system, ...withoutDefaultVariant(normal) }
  return {
    ...system,
    ...normal,
    variant: normal.architecture === 'arm64' && normal.variant === '' ? 'v8' : normal.variant,
  }
}

/** Gives `os/arch[/variant]`, without version and features (containerd/platforms Format). */
export function formatPlatform({ os, architecture, variant }: Platform): string {
  return os === '' ? 'unknown' : [os, architecture, variant].filter((part) => part !== '').join('/')
}

/** Gives Node's names for the machine (`process.platform`, `process.arch`) as platforms name them. */
export function hostPlatform(platform: string, arch: string): { os: string; architecture: string } {
  return {
    os: platform === 'win32' ? 'windows' : platform,
    architecture: { x64: 'amd64', ia32: '386', ppc64: 'ppc64le' }[arch] ?? arch,
  }
}

type System = Pick<Platform, 'os' | 'variant' | 'osVersion' | 'osFeatures'>

function parseSystem(text: string, whole: string): System {
  const match = new RegExp(osPattern).exec(text)
  if (!match) throw mismatch(text, whole, 'an invalid OS component', 'OSAndVersion specifier component', osPattern)
  const [, name = '', version = '', features = ''] = match
  const lower = name.toLowerCase()
  return {
    os: lower === 'macos' ? 'darwin' : lower,
    variant: '',
    osVersion: decode(version, (reason) => `${quote(whole)} has an invalid OS version ${quote(version)}: ${reason}`),
    osFeatures: features
      .split('+')
      .slice(1)
      .map((feature) =>
        decode(
          feature,
          (reason) => `${quote(whole)} has invalid OS features: invalid os feature ${quote(feature)}: ${reason}`,
        ),
      ),
  }
}

function decode(text: string, message: (reason: string) => string): string {
  const broken = /%(?![\da-f]{2}).{0,2}/i.exec(text)
  if (broken) throw new Error(message(`invalid URL escape ${quote(broken[0])}`))
  return text.includes('%')
    ? Buffer.from(
        text.replace(/%(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        'latin1',
      ).toString()
    : text
}

function fromOneWord(
  word: string,
  system: System,
  host: { os: string; architecture: string },
  whole: string,
): Platform {
  if (systems.has(system.os)) return { ...system, architecture: host.architecture }
  const normal = withoutDefaultVariant(normalizeArchitecture(word, ''))
  if (architectures.has(normal.architecture)) return { ...system, os: host.os, ...normal }
  throw new Error(`${quote(whole)}: unknown operating system or architecture: invalid argument`)
}

function withoutDefaultVariant({ architecture, variant }: { architecture: string; variant: string }) {
  return { architecture, variant: architecture === 'arm' && variant === 'v7' ? '' : variant }
}

function normalizeArchitecture(archText: string, variantText: string): { architecture: string; variant: string } {
  const architecture = archText.toLowerCase()
  const variant = variantText.toLowerCase()
  switch (architecture) {
    case 'i386':
      return { architecture: '386', variant: '' }
    case 'x86_64':
    case 'x86-64':
    case 'amd64':
      return { architecture: 'amd64', variant: variant === 'v1' ? '' : variant }
    case 'aarch64':
    case 'arm64':
      return {
        architecture: 'arm64',
        variant: { '8': '', v8: '', 'v8.0': '', '9': 'v9', '9.0': 'v9', 'v9.0': 'v9' }[variant] ?? variant,
      }
    case 'armhf':
      return { architecture: 'arm', variant: 'v7' }
    case 'armel':
      return { architecture: 'arm', variant: 'v6' }
    case 'arm':
      return { architecture, variant: { '': 'v7', '7': 'v7', '5': 'v5', '6': 'v6', '8': 'v8' }[variant] ?? variant }
    default:
      return { architecture, variant }
  }
}

function mismatch(part: string, whole: string, what: string, kind: string, pattern: string): Error {
  return new Error(
    `${quote(part)} is ${what} of ${quote(whole)}: ${kind} must match ${quote(pattern)}: invalid argument`,
  )
}
