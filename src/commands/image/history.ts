import { command, exactly } from '../../cli/command.ts'
import { bool, string } from '../../cli/flags.ts'
import { historyRows, historyView } from '../../format/views/history.ts'
import { localZone } from '../_local-zone.ts'
import { platformsOf } from './_platforms.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['image history', 'history'],
  summary: 'Show the layers of an image and how they were created',
  args: exactly(1, 'IMAGE'),
  flags: {
    human: bool('Print human-readable sizes and times', { short: 'H', shownDefault: 'true' }),
    quiet: bool('Print only IDs', { short: 'q' }),
    noTrunc: bool('Do not truncate values'),
    format: string('Format the output: "table [TEMPLATE]", "json" or a Go template'),
    platform: string('Platform to show the history of, os[/arch[/variant]]', {
      since: '1.48',
      complete: 'platforms',
    }),
  },
  complete: 'images',
  async run(context, { args, options }) {
    const { human = true, noTrunc = false } = options
    const [platform] = platformsOf(options.platform ? [options.platform] : [], context)
    const { images } = await context.engine()
    const steps = await images.history(args[0] ?? '', { ...(platform && { platform }), signal: context.signal })
    const rows = historyRows(steps, { human, noTrunc, now: context.now(), zone: localZone(context) })
    await printList(context, historyView(human), rows, options)
  },
})
