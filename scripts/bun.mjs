// Bun as a compiler and as the runtime inside binaries: one package of the npm registry for each platform. Fetched when a binary is
// built, 40 MB each, and not by every `npm ci`; kept in the user's cache folder.
import { execFileSync } from 'node:child_process'
import crypto from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

const version = '1.4.5'

/**
 * The binaries there are: the package of each one's runtime and that package's checksum, as a lock file has it. x64 is `baseline`: the
 * others need instructions (AVX2) that some machines in use lack.
 */
const packages = {
  'linux-x64': [
    'linux-x64-baseline',
    's8yMwYcFnnrA178gji0gZbkE2WVDej/Ti1x770oPfihxyRxSMNhGhiAQNXV53aDeraZxksdvKV/RAdQBCd0qPA==',
  ],
  'linux-arm64': [
    'linux-aarch64',
    '4BXmsSKnjOrlGWqZV4x/oWa7AVoR+B6lCXddMzOAXBIm3t50eslg9wb66gmtW1AamEQ1l1CDvmmruysEhqOWMg==',
  ],
  'linux-x64-musl': [
    'linux-x64-musl-baseline',
    'cWJhU8h0+MiUgpSt99sQhjxLIIosKEcKYdtKddohokUvAuN6jKOy7g7+QDTZTXtwHxz93wL3BX+L6wXVPDUH3A==',
  ],
  'linux-arm64-musl': [
    'linux-aarch64-musl',
    'XCNc+WvvMAdNNb+OWTogpy+N9wm62fkVeEVLb6how0RZhW5LPi6c7BlkeVCuWps7XjEl2saFpHFa20/1E+PAHg==',
  ],
  'darwin-x64': [
    'darwin-x64-baseline',
    'zqfLA5A4B+hYMh5WYzYSot3uZ06FzhdP0OEwQisEzdirYtXGj5cQFlfy31BGfNsAsk1Gd/w/OxJ/jqqJ3cMclw==',
  ],
  'darwin-arm64': [
    'darwin-aarch64',
    '4MIFXHmctH2EhAxLXm2/qxNtv17dFtLJylvaOCsrgq6KSqHTs6eW5YSrJjRbJxYUJaR901fsN8JfZOa+CsWpWQ==',
  ],
  'windows-x64': [
    'windows-x64-baseline',
    '/U3Dc74uGqE6EUqef7mPtg9KwJs7iJH4JHRMfIZIn18MrJh6Xz4gVvWDXRvzCL2j8wPlTnJVyrO4n7Qq4uM7TQ==',
  ],
}

/** What `--target` may name. */
export const targets = Object.keys(packages)

/** The target that runs on this machine. */
export function hostTarget() {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const musl = system === 'linux' && process.report.getReport().header.glibcVersionRuntime === undefined
  return `${system}-${process.arch}${musl ? '-musl' : ''}`
}

/** The path of Bun for one of the targets; fetches it where the cache has none. Throws where what came is not what is listed here. */
export function bunFor(target) {
  if (!Object.hasOwn(packages, target))
    throw new Error(`there is no binary for ${target}, only for ${targets.join(', ')}`)
  const [platform, checksum] = packages[target]
  const file = target.startsWith('windows') ? 'bun.exe' : 'bun'
  const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'docket-bun', version)
  const folder = path.join(cache, platform)
  if (!fs.existsSync(folder)) fetchPackage(`@oven/bun-${platform}@${version}`, checksum, folder)
  return path.join(folder, 'package/bin', file)
}

/** Unpacks a package into `folder`, which is there only when it is whole. */
function fetchPackage(name, checksum, folder) {
  fs.mkdirSync(path.dirname(folder), { recursive: true })
  const temporary = fs.mkdtempSync(`${folder}-`)
  try {
    const shell = process.platform === 'win32'
    execFileSync('npm', ['pack', '--silent', name], { cwd: temporary, shell, stdio: ['ignore', 'ignore', 'inherit'] })
    const [archive] = fs.readdirSync(temporary)
    const found = crypto.hash('sha512', fs.readFileSync(path.join(temporary, archive)), 'base64')
    if (found !== checksum) throw new Error(`${name} has the sha512 ${found} where ${checksum} is expected`)
    execFileSync('tar', ['-xzf', archive], { cwd: temporary })
    fs.rmSync(path.join(temporary, archive))
    fs.renameSync(temporary, folder)
  } finally {
    fs.rmSync(temporary, { recursive: true, force: true })
  }
}
