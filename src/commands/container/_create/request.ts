import type { ContainerCreateBody } from '../../../engine/types/container.ts'
import { parseMac } from '../../../parse/mac.ts'
import { parseLogOptions, parseStorageOptions } from '../../../parse/key-value.ts'
import { parseCgroupNamespace, parsePidMode, parseUserNamespace, parseUtsMode } from '../../../parse/namespace-mode.ts'
import { parseRestartPolicy } from '../../../parse/restart.ts'
import { parseSecurityOptions } from '../../../parse/security-opt.ts'
import { trimSpace } from '../../../parse/space.ts'
import { toConfig } from './config.ts'
import { readLines } from './files.ts'
import type { ConfigOptions } from './flags.ts'
import { toHealthcheck } from './health.ts'
import { toHostConfig } from './host.ts'
import { toEndpoints } from './network.ts'
import { toPorts } from './ports.ts'
import { checkSwappiness, toDevices } from './resources.ts'
import type { Target } from './target.ts'
import { toVolumes } from './volumes.ts'

/** What the request depends on besides the options. */
export interface RequestContext {
  readonly getwd: () => string
  /** The engine's operating system, as its ping tells. */
  readonly serverOs: string
  /** The value of an environment variable of the caller. */
  readonly lookup: (name: string) => string | undefined
  /** A file's bytes; throws with the reference's message. */
  readonly readFile: (path: string) => Uint8Array
}

/** The body of a create request, with the parts that are always there. */
export type CreateRequest = ContainerCreateBody &
  ReturnType<typeof toConfig> & { HostConfig: ReturnType<typeof toHostConfig> }

/**
 * Turns the options of create and run into the request. All checks come in the reference's order, which decides what is
 * said when several things are wrong; the messages are the reference's too (docker/cli container/opts.go parse).
 */
export function toCreateRequest(options: ConfigOptions, target: Target, requestContext: RequestContext): CreateRequest {
  checkMac(options.macAddress)
  checkSwappiness(options)
  const { binds, volumes } = toVolumes(options.volume ?? [], requestContext.getwd)
  const { bindings, exposed } = toPorts(options.publish ?? [], options.expose ?? [])
  const devices = toDevices(options.device ?? [], requestContext.serverOs)
  const fromFiles = readLines('--env-file', options.envFile, requestContext.lookup, requestContext)
  const labelsFromFiles = readLines('--label-file', options.labelFile, () => undefined, requestContext)
  const modes = {
    PidMode: parsePidMode(options.pid ?? ''),
    UTSMode: parseUtsMode(options.uts ?? ''),
    UsernsMode: parseUserNamespace(options.userns ?? ''),
    CgroupnsMode: parseCgroupNamespace(options.cgroupns ?? ''),
  }
  const restart = parseRestartPolicy(options.restart ?? 'no')
  const logOptions = parseLogOptions(options.logDriver ?? '', options.logOpt ?? [])
  const security = parseSecurityOptions(options.securityOpt ?? [], requestContext.readFile)
  const storage = parseStorageOptions(options.storageOpt ?? [])
  const health = toHealthcheck(options)
  if (options.rm === true && restart.Name !== 'no' && restart.Name !== '') {
    throw new Error('conflicting options: cannot specify both --restart and --rm')
  }
  const endpoints = toEndpoints(options)
  const labels = [...labelsFromFiles, ...(options.label ?? [])]
  return {
    ...toConfig(options, target, { exposed, variables: [...fromFiles, ...target.env], labels, volumes, health }),
    HostConfig: toHostConfig(options, requestContext.getwd, {
      binds,
      bindings,
      devices,
      modes,
      restart,
      logOptions,
      security,
      storage,
    }),
    NetworkingConfig: { EndpointsConfig: endpoints },
  }
}

function checkMac(text: string | undefined): void {
  if (!text) return
  try {
    parseMac(trimSpace(text))
  } catch {
    throw new Error(`${text} is not a valid mac address`)
  }
}
