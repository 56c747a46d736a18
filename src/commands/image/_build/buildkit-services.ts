import type { BuildOptions } from '../../../build/flags/options.ts'
import type { Served } from '../../../build/grpc/server.ts'
import { sendFolders } from '../../../build/session/file-sync.ts'
import { checkDestinations } from '../../../build/solve/destinations.ts'
import type { Exporter } from '../../../build/solve/exporters.ts'
import type { BuildInputs } from '../../../build/solve/inputs.ts'
import type { Context } from '../../../context.ts'

interface Parts {
  readonly options: BuildOptions
  readonly inputs: BuildInputs
  readonly exporters: readonly Exporter[]
}

/** What the session of a build serves; throws for a secret that is not there, and where results cannot go to where they are to. */
export function servicesOf(context: Context, { options, inputs, exporters }: Parts): Served[] {
  const { cwd, getwd, out } = context
  const { mayDelete } = options.entitlements
  checkDestinations(exporters, { cwd, getwd, isTerminal: out.isTerminal, mayDelete })
  return [sendFolders(inputs.folders)]
}
