import type { Context } from '../../context.ts'
import { MAX_API_VERSION } from '../../engine/version.ts'
import type { ClientVersion } from '../../format/views/version.ts'
import { hostPlatform } from '../../parse/platform.ts'
import { reference, version } from '../../version.ts'

/** This client as `version` and `info` show it; under another name than docker's it shows its own version. */
export async function clientVersion(context: Context): Promise<ClientVersion> {
  const { contextName } = await context.endpoint()
  const { os, architecture } = hostPlatform(context.platform, context.arch)
  return {
    ...(context.program !== 'docker' && { Platform: { Name: `docket ${version}` } }),
    Version: reference.version,
    DefaultAPIVersion: MAX_API_VERSION,
    GitCommit: reference.commit,
    Os: os,
    Arch: architecture,
    Context: contextName,
  }
}
