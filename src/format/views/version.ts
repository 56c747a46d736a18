import type { ComponentVersion, SystemVersion } from '../../engine/types/system.ts'
import { formatTime } from '../../go/layout.ts'
import { parseRFC3339 } from '../../go/time.ts'
import { alignColumns } from '../../go/tabwriter.ts'
import { displayWidth } from '../width.ts'

/** What `version` knows of this client, by its JSON names. */
export interface ClientVersion {
  readonly Platform?: { readonly Name: string }
  readonly Version: string
  readonly ApiVersion?: string
  readonly DefaultAPIVersion: string
  readonly GitCommit: string
  readonly Os: string
  readonly Arch: string
  readonly Context: string
}

/** What the daemon says of its version, in the shape that is shown. */
export type ServerVersion = SystemVersion & Required<Pick<SystemVersion, 'Platform' | 'Components'>>

/** The daemon's answer as `version` shows it: with an Engine among its components, whose build time is one to read (docker/cli newServerVersion). */
export function serverVersion(daemon: SystemVersion): ServerVersion {
  const { Version, ApiVersion, MinAPIVersion, Os, Arch, Experimental } = daemon
  const components = daemon.Components ?? []
  const engine = components.find(({ Name }) => Name === 'Engine')
  const common = {
    Platform: { Name: daemon.Platform?.Name ?? '' },
    Version,
    ApiVersion,
    ...(MinAPIVersion !== undefined && { MinAPIVersion }),
    Os,
    Arch,
  }
  if (engine === undefined) {
    const Details = { ApiVersion, MinAPIVersion: MinAPIVersion ?? '', Os, Arch }
    const Components = [...components, { Name: 'Engine', Version, Details }]
    return { ...common, ...(Experimental !== undefined && { Experimental }), Components }
  }
  const {
    GitCommit = '',
    GoVersion = '',
    KernelVersion = '',
    Experimental: text,
    BuildTime = '',
  } = engine.Details ?? {}
  return {
    ...common,
    Components: components.map((component) => (component === engine ? withReadableTime(engine) : component)),
    GitCommit,
    GoVersion,
    KernelVersion,
    Experimental: /^(1|t|T|TRUE|true|True)$/.test(text ?? ''),
    BuildTime,
  }
}

function withReadableTime(engine: ComponentVersion): ComponentVersion {
  const time = engine.Details?.['BuildTime']
  const instant = time === undefined ? undefined : parseRFC3339(time)
  if (instant === undefined) return engine
  return { ...engine, Details: { ...engine.Details, BuildTime: formatTime(instant, 'Mon Jan _2 15:04:05 2006') } }
}

/** Aligns what a template of `version` made. */
export function alignVersion(text: string): string {
  return alignColumns(text, { minWidth: 20, padding: 1, width: displayWidth })
}

/** The text of `version` without a format; `server` is missing when the daemon did not answer. */
export function versionText(client: ClientVersion, server: ServerVersion | undefined): string {
  const api = client.ApiVersion ?? client.DefaultAPIVersion
  const downgraded = api === client.DefaultAPIVersion ? '' : ` (downgraded from ${client.DefaultAPIVersion})`
  const lines = [
    titled('Client:', client.Platform?.Name),
    ` Version:\t${client.Version}`,
    ` API version:\t${api}${downgraded}`,
    ` Git commit:\t${client.GitCommit}`,
    ` OS/Arch:\t${client.Os}/${client.Arch}`,
    ` Context:\t${client.Context}`,
  ]
  if (server !== undefined) {
    lines.push('', titled('Server:', server.Platform.Name), ...server.Components.flatMap(componentLines))
  }
  return alignVersion(`${lines.join('\n')}\n`)
}

function titled(title: string, name: string | undefined): string {
  return name ? `${title} ${name}` : title
}

function componentLines({ Name, Version, Details }: ComponentVersion): string[] {
  const details = Details ?? {}
  const of = (key: string): string => details[key] ?? ''
  if (Name !== 'Engine') {
    const rest = Object.keys(details)
      .toSorted()
      .map((key) => `  ${key}:\t${of(key)}`)
    return [` ${Name}:`, `  Version:\t${Version}`, ...rest]
  }
  return [
    ` ${Name}:`,
    `  Version:\t${Version}`,
    `  API version:\t${of('ApiVersion')} (minimum version ${of('MinAPIVersion')})`,
    `  Go version:\t${of('GoVersion')}`,
    `  Git commit:\t${of('GitCommit')}`,
    `  Built:\t${of('BuildTime')}`,
    `  OS/Arch:\t${of('Os')}/${of('Arch')}`,
    `  Experimental:\t${of('Experimental')}`,
  ]
}
