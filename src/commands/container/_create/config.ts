import type { HealthConfig } from '../../../engine/types/container.ts'
import type { Sendable } from '../../../engine/sendable.ts'
import { toMap } from '../../../parse/key-value.ts'
import { ifAny, orNull } from './fields.ts'
import type { ConfigOptions } from './flags.ts'
import type { Target } from './target.ts'

/** What the checks before it made of the options that go into the configuration. */
export interface ConfigParts {
  readonly exposed: Record<string, Record<string, never>>
  readonly variables: string[]
  readonly labels: string[]
  readonly volumes: Record<string, Record<string, never>>
  readonly health: Sendable<HealthConfig> | undefined
}

/** Gives the part of the request that says what runs, every field that the reference sends in it. */
export function toConfig(options: ConfigOptions, target: Target, parts: ConfigParts) {
  const { stdin, stdout, stderr } = toStreams(options)
  return {
    Hostname: options.hostname ?? '',
    Domainname: options.domainname ?? '',
    User: options.user ?? '',
    AttachStdin: stdin,
    AttachStdout: stdout,
    AttachStderr: stderr,
    ...ifAny('ExposedPorts', parts.exposed),
    Tty: options.tty ?? false,
    OpenStdin: options.interactive ?? false,
    // With the client that is attached goes the input.
    StdinOnce: options.interactive === true && stdin,
    Env: orNull(parts.variables),
    Cmd: orNull([...target.command]),
    ...(parts.health === undefined ? {} : { Healthcheck: parts.health }),
    Image: target.image,
    Volumes: parts.volumes,
    WorkingDir: options.workdir ?? '',
    // One that is given and empty takes the image's away.
    Entrypoint: options.entrypoint === undefined ? null : [options.entrypoint],
    Labels: toMap(parts.labels),
    ...(options.stopSignal ? { StopSignal: options.stopSignal } : {}),
    ...(options.stopTimeout === undefined ? {} : { StopTimeout: options.stopTimeout }),
  }
}

function toStreams({ attach = [], interactive }: ConfigOptions) {
  return {
    stdin: interactive === true || attach.includes('stdin'),
    stdout: attach.length === 0 || attach.includes('stdout'),
    stderr: attach.length === 0 || attach.includes('stderr'),
  }
}
