import { command, noArgs } from '../../cli/command.ts'
import { failingAs } from '../../errors/cli-error.ts'
import { bool, filter, int, type Options, string } from '../../cli/flags.ts'
import { utc } from '../../go/zone.ts'
import { plainText } from '../../format/formatter.ts'
import { containerRow, containerView } from '../../format/views/container.ts'
import { localZone } from '../_local-zone.ts'
import { listFormat, printList } from '../_list.ts'

const flags = {
  all: bool('Include stopped containers', { short: 'a' }),
  filter: filter('Filter the list by condition, such as "status=exited"', { short: 'f' }),
  format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
  last: int('Show the last n created containers, in any state', { short: 'n', shownDefault: '-1' }),
  latest: bool('Show the latest created container, in any state', { short: 'l' }),
  noTrunc: bool('Do not truncate values'),
  quiet: bool('Print only IDs', { short: 'q' }),
  size: bool('Show file sizes', { short: 's' }),
}

export default command({
  path: ['container ls', 'ps'],
  aliases: ['container list', 'container ps'],
  summary: 'List containers',
  args: noArgs,
  flags,
  top: 3,
  async run(context, { options }) {
    const { err, now, signal } = context
    if (options.format && options.quiet) {
      err.line('WARNING: Ignoring custom format, because both --format and --quiet are set.')
    }
    // Looked into with --quiet, too, as in the reference.
    const format = await listFormat(context, containerView(false), { format: options.format })
    const request = listOptions(options, format === '' ? false : await showsSize(format))
    const { containers } = await context.engine()
    const found = await containers.list({ ...request, signal })
    const shown = { truncate: options.noTrunc !== true, now: now(), zone: localZone(context) }
    const rows = found.map((container) => containerRow(container, shown))
    await printList(context, containerView(request.size), rows, { format, quiet: options.quiet })
  },
})

/** Gives the request's options. Sizes are costly: they are asked for only where they will be shown. */
export function listOptions(options: Options<typeof flags>, sizeShown: boolean) {
  const { all, filter: filters = {}, last = -1, latest, quiet, size } = options
  return {
    all: all === true,
    limit: latest === true && last === -1 ? 1 : last,
    size: size ?? (sizeShown && quiet !== true),
    filters,
  }
}

/** Whether a template looks at the size: it is tried on a container without properties. Throws when it does not parse or fails. */
async function showsSize(format: string): Promise<boolean> {
  let seen = false
  const onSize = () => {
    seen = true
  }
  const row = containerRow({}, { truncate: false, now: new Date(0), zone: utc, onSize })
  if (plainText(format, row) !== undefined) return seen
  const [{ compile }, { dockerFunctions }] = await Promise.all([
    import('../../format/template/template.ts'),
    import('../../format/template/docker.ts'),
  ])
  const template = failingAs('failed to parse template', () => compile('', format, { funcs: dockerFunctions }))
  failingAs('failed to execute template', () => template.execute(row))
  return seen
}
