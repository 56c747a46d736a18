import { command, exactly } from '../../cli/command.ts'
import { wrap } from '../../errors/cli-error.ts'
import { list, string } from '../../cli/flags.ts'
import { quote } from '../../go/quote.ts'
import { parseLabel, toMap } from '../../parse/key-value.ts'
import { readContents } from '../_secrets-configs.ts'

export default command({
  path: ['config create'],
  summary: 'Create a config from a file or standard input',
  args: exactly(2, 'CONFIG file|-'),
  complete: 'name-then-file',
  flags: {
    label: list('Metadata label, KEY or KEY=VALUE', { short: 'l', read: parseLabel }),
    templateDriver: string('Template driver that renders the content', { since: '1.37' }),
  },
  async run(context, { args, options }) {
    const [name = '', file = ''] = args
    const { configs } = await context.engine()
    const data = await readContents(context, 'config', file).catch((error: unknown) => {
      throw wrap(error, `error reading content from ${quote(file)}`)
    })
    const spec = {
      Name: name,
      Labels: toMap(options.label ?? []),
      Data: data,
      ...(options.templateDriver ? { Templating: { Name: options.templateDriver } } : {}),
    }
    context.out.line(await configs.create(spec, { signal: context.signal }))
  },
})
