import type { BuildOptions } from '../../../build/flags/options.ts'
import type { Served } from '../../../build/grpc/server.ts'
import type { Display } from '../../../build/progress/display.ts'
import { withOwnStep } from '../../../build/progress/own-step.ts'
import { serveAuth } from '../../../build/session/auth.ts'
import { receiveResults, type Destination } from '../../../build/session/file-send.ts'
import { sendFolders } from '../../../build/session/file-sync.ts'
import { serveSecrets } from '../../../build/session/secrets.ts'
import { serveSsh } from '../../../build/session/ssh-agent.ts'
import { serveUploads } from '../../../build/session/upload.ts'
import { checkDestinations } from '../../../build/solve/destinations.ts'
import type { Exporter } from '../../../build/solve/exporters.ts'
import type { BuildInputs } from '../../../build/solve/inputs.ts'
import { openResultFile } from '../../../build/solve/result-file.ts'
import { findSecrets } from '../../../build/solve/secrets.ts'
import { credentials } from '../../../config/credentials.ts'
import type { Context } from '../../../context.ts'
import { fromFolder } from '../../../go/path.ts'

interface Parts {
  readonly options: BuildOptions
  readonly inputs: BuildInputs
  readonly exporters: readonly Exporter[]
  readonly display: Display
}

/** What the session of a build serves; throws for a secret that is not there, and where results cannot go to where they are to. */
export async function servicesOf(context: Context, { options, inputs, exporters, display }: Parts): Promise<Served[]> {
  const { cwd, getwd, out, env } = context
  const { mayDelete } = options.entitlements
  checkDestinations(exporters, { cwd, getwd, isTerminal: out.isTerminal, mayDelete })
  const { upload } = inputs
  const destinations = destinationsOf(context, exporters)
  return [
    sendFolders(inputs.folders),
    authOf(context, display),
    serveSecrets(findSecrets(options.secrets, { env, cwd }), env),
    await serveSsh(options.ssh, env),
    ...(upload === undefined ? [] : [serveUploads(new Map([[upload.id, upload.chunks]]))]),
    ...(destinations.size === 0 ? [] : [receiveResults(destinations)]),
  ]
}

function authOf(context: Context, display: Display): Served {
  const { configDir, env, now, signal } = context
  return serveAuth({
    credentials: (domain) => credentials(context, domain),
    http: async () => {
      const { HttpClient } = await import('../../../registry/http.ts')
      return new HttpClient({ env, now, userAgent: 'docket' })
    },
    configDir,
    env,
    now,
    signal,
    // Who takes part in what is shown of it may be gone; the build does not depend on that.
    onShare: (what) => void withOwnStep(what, { display, now }, () => Promise.resolve()).catch(() => undefined),
  })
}

function destinationsOf({ cwd, out }: Context, exporters: readonly Exporter[]): Map<number, Destination> {
  const found = new Map<number, Destination>()
  for (const [number, { type, attributes, folder, file }] of exporters.entries()) {
    if (folder !== undefined && type === 'local')
      found.set(number, { folder: fromFolder(cwd, folder), mirror: attributes['mode'] === 'delete' })
    if (file === '-') {
      found.set(number, {
        open: () => ({ write: (chunk) => out.send(chunk), commit: () => undefined, discard: () => undefined }),
      })
    } else if (file !== undefined) {
      found.set(number, { open: () => openResultFile(fromFolder(cwd, file), file) })
    }
  }
  return found
}
