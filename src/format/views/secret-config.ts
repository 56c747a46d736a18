import { compareStrings } from '../../go/strings.ts'
import type { SecretConfig } from '../../engine/types/swarm.ts'
import { parseRFC3339, timeString, unix } from '../../go/time.ts'
import { method, methods, str, value, type Value } from '../../go/types.ts'
import type { ListView } from '../formatter.ts'
import { humanDuration } from '../human.ts'
import { labelList, labelText } from './labels.ts'

export type SecretConfigKind = 'secret' | 'config'

/** How secrets or configs are listed. */
export const secretConfigView = (kind: SecretConfigKind): ListView => ({
  header,
  template: (format, quiet) => secretConfigTemplate(kind, format, quiet),
  configKey: `${kind}Format`,
})

const header = {
  ID: 'ID',
  Name: 'NAME',
  Driver: 'DRIVER',
  CreatedAt: 'CREATED',
  UpdatedAt: 'UPDATED',
  Labels: 'LABELS',
}

/** The template that `format` stands for (docker/cli command/secret and command/config newFormat). */
function secretConfigTemplate(kind: SecretConfigKind, format: string, quiet: boolean): string {
  if (format !== '' && format !== 'table') return format
  const driver = kind === 'secret' ? '{{.Driver}}\t' : ''
  return quiet ? '{{.ID}}' : `table {{.ID}}\t{{.Name}}\t${driver}{{.CreatedAt}}\t{{.UpdatedAt}}`
}

interface Row {
  readonly file: SecretConfig
  readonly now: Date
}

const common = {
  ID: method(str, ({ file }: Row) => file.ID),
  Name: method(str, ({ file }: Row) => file.Spec?.Name ?? ''),
  CreatedAt: method(str, ({ file, now }: Row) => ago(file.CreatedAt, now)),
  UpdatedAt: method(str, ({ file, now }: Row) => ago(file.UpdatedAt, now)),
  Labels: method(str, ({ file }: Row) => labelList(file.Spec?.Labels)),
  Label: method(str, ({ file }: Row, name: string) => labelText(file.Spec?.Labels, name), str),
}

const contexts = {
  secret: methods<Row>(
    '*secret.secretContext',
    { ...common, Driver: method(str, ({ file }: Row) => file.Spec?.Driver?.Name ?? '') },
    ['s'],
  ),
  config: methods<Row>('*config.configContext', common, ['c']),
}

function ago(time: string | undefined, now: Date): string {
  const seconds = parseRFC3339(time ?? '')?.seconds ?? 0
  return `${humanDuration(now.getTime() - seconds * 1000)} ago`
}

/** The rows of a list. */
export function secretConfigRows(kind: SecretConfigKind, files: readonly SecretConfig[], now: Date): Value[] {
  return files.map((file) => value(contexts[kind], { file, now }))
}

/** What `inspect --pretty` prints of a secret or config (docker/cli secretInspectPrettyTemplate, configInspectPrettyTemplate). */
export function prettySecretConfig(kind: SecretConfigKind, { ID, CreatedAt, UpdatedAt, Spec }: SecretConfig): string {
  const wide = kind === 'secret' ? ' '.repeat(14) : '\t\t\t'
  const after = kind === 'secret' ? ' '.repeat(8) : `${' '.repeat(12)}\t`
  const labels = Object.entries(Spec?.Labels ?? {}).toSorted(([a], [b]) => compareStrings(a, b))
  const at = (time: string | undefined): string => timeString(parseRFC3339(time ?? '') ?? unix(0))
  const lines = [
    `ID:${wide}${ID}`,
    `Name:${wide}${Spec?.Name ?? ''}`,
    ...(labels.length > 0 ? ['Labels:'] : []),
    ...labels.map(([name, text]) => ` - ${name}${text ? `=${text}` : ''}`),
    ...(kind === 'secret' ? [`Driver:${' '.repeat(12)}${Spec?.Driver?.Name ?? ''}`] : []),
    `Created at:${after}${at(CreatedAt)}`,
    `Updated at:${after}${at(UpdatedAt)}`,
  ]
  if (kind === 'config') lines.push('Data:', Buffer.from(Spec?.Data ?? '', 'base64').toString())
  return `${lines.join('\n')}\n`
}
