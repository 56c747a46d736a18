import { chmodSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inputOf, Recorder, temporaryFolder } from '../harness.ts'
import type { CredentialContext } from '../../src/config/credentials.ts'
import { type ConfigFile, loadConfig } from '../../src/config/config-file.ts'

/** Writes programs into a folder of their own and gives it. */
export function programs(scripts: Record<string, string>): string {
  const folder = temporaryFolder()
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(folder, name), script)
    chmodSync(join(folder, name), 0o755)
  }
  return folder
}

/** The world as credentials see it: `config` is config.json's text, `bin` a folder of programs; `said` collects stderr. */
export function credentialWorld(options: {
  config?: string
  bin?: string
  env?: Record<string, string>
  platform?: NodeJS.Platform
  signal?: AbortSignal
}): { context: CredentialContext; said: () => string; folder: string } {
  const folder = temporaryFolder()
  mkdirSync(folder, { recursive: true })
  if (options.config !== undefined) writeFileSync(join(folder, 'config.json'), options.config)
  const err = new Recorder(2)
  let config: Promise<ConfigFile> | undefined
  const context: CredentialContext = {
    config: () => (config ??= loadConfig(folder)),
    env: { PATH: [options.bin, '/usr/bin', '/bin'].filter(Boolean).join(':'), ...options.env },
    err,
    in: inputOf(() => process.stdin),
    platform: options.platform ?? 'freebsd',
    cwd: folder,
    signal: options.signal ?? new AbortController().signal,
  }
  return { context, said: () => err.text, folder }
}
