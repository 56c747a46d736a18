import { between, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { list, string } from '../../cli/flags.ts'
import { parseLabel, toMap } from '../../parse/key-value.ts'
import { readContents } from '../_secrets-configs.ts'

export default command({
  path: ['secret create'],
  summary: 'Create a secret from a file or standard input',
  args: between(1, 2, 'SECRET [file|-]'),
  complete: 'name-then-file',
  flags: {
    driver: string('Driver that stores the secret', { short: 'd', since: '1.31' }),
    label: list('Metadata label, KEY or KEY=VALUE', { short: 'l', read: parseLabel }),
    templateDriver: string('Template driver that renders the content', { since: '1.37' }),
  },
  async run(context, { args, options }) {
    const [name = '', file = ''] = args
    const { secrets } = await context.engine()
    if (options.driver && file !== '') throw cliError('when using secret driver secret data must be empty')
    const data = options.driver ? undefined : await readContents(context, 'secret', file)
    const spec = {
      Name: name,
      Labels: toMap(options.label ?? []),
      ...(data === undefined ? {} : { Data: data }),
      ...(options.driver ? { Driver: { Name: options.driver } } : {}),
      ...(options.templateDriver ? { Templating: { Name: options.templateDriver } } : {}),
    }
    context.out.line(await secrets.create(spec, { signal: context.signal }))
  },
})
