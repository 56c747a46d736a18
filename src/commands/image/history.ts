import { command, exactly } from '../../cli/command.ts'
import { bool, string } from '../../cli/flags.ts'
import { historyFormat, historyHeader, historyRows } from '../../format/views/history.ts'
import { localZone } from '../_local-zone.ts'
import { platformsOf } from './_platforms.ts'
import { printList } from '../_list.ts'

export default command({
  path: ['image history', 'history'],
  summary: 'Show how an image was made',
  args: exactly(1, 'IMAGE'),
  flags: {
    human: bool('Print sizes and times in round words', { short: 'H', shownDefault: 'true' }),
    quiet: bool('Print IDs only', { short: 'q' }),
    noTrunc: bool('Show all of every text'),
    format: string("Print a table, JSON ('json') or what a Go template makes of each step"),
    platform: string('Show the history of the image for this platform, os[/arch[/variant]]', {
      since: '1.48',
      complete: 'platforms',
    }),
  },
  complete: 'image-names',
  async run(context, { args, options }) {
    const { human = true, quiet = false, noTrunc = false } = options
    const [platform] = platformsOf(options.platform ? [options.platform] : [], context)
    const { images } = await context.engine()
    const steps = await images.history(args[0] ?? '', { ...(platform && { platform }), signal: context.signal })
    const format = historyFormat(options.format ?? '', { quiet, human })
    const rows = historyRows(steps, { human, noTrunc, now: context.now(), zone: localZone(context) })
    await printList(context, { format, header: historyHeader, rows })
  },
})
