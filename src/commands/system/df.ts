import { command, noArgs } from '../../cli/command.ts'
import { bool, string } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import { isOlder } from '../../engine/version.ts'
import { toBytes } from '../../go/strings.ts'
import { type DiskUsage, diskUsage, legacyDiskUsage, usageRows, usageView } from '../../format/views/disk-usage.ts'
import { waitingFor } from '../../streams/waiting.ts'
import { displayOf, printList } from '../_list.ts'
import { localZone } from '../_local-zone.ts'

export default command({
  path: ['system df'],
  summary: "Show the daemon's disk usage",
  args: noArgs,
  flags: {
    verbose: bool('Show the disk usage of every object', { short: 'v' }),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
  },
  since: '1.25',
  async run(context, { options }) {
    const { verbose = false, format = '' } = options
    const usage = await ask(context, verbose)
    if (verbose) context.out.write(toBytes(await items(context, usage, format)))
    else await printList(context, usageView, usageRows(usage), { format })
  },
})

async function ask({ engine, err, signal }: Context, verbose: boolean): Promise<DiskUsage> {
  const asked = await engine()
  const answer = asked.system.diskUsage({ verbose, signal })
  const wire = await waitingFor(err, 'Adding up what the daemon keeps', answer)
  return isOlder(asked.currentVersion, '1.52') ? legacyDiskUsage(wire) : diskUsage(wire)
}

async function items(context: Context, usage: DiskUsage, format: string): Promise<string> {
  const { usageItems } = await import('../../format/views/disk-usage-items.ts')
  return usageItems(usage, format, { now: context.now(), zone: localZone(context), ...displayOf(context) })
}
