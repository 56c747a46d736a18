import { type BuildFlags, type BuildOptions, parseBuildOptions } from '../../../src/build/flags/options.ts'
import type { Builder } from '../../../src/build/solve/builder.ts'

/** An engine that keeps images by itself, and one whose images are containerd's. */
export const plainBuilder: Builder = { hasContainerdStore: false, version: 'v0.20.0', hostGateway: '172.17.0.1' }
export const containerdBuilder: Builder = { ...plainBuilder, hasContainerdStore: true }

/** The options of a build with these flags. */
export function optionsOf(flags: BuildFlags, env: Record<string, string> = {}): BuildOptions {
  return parseBuildOptions(flags, { env, host: { os: 'linux', architecture: 'amd64' } })
}
