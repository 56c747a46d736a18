import { command, exactly } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { registryAuth } from '../../config/credentials.ts'
import { progressMessages } from '../../engine/ndjson.ts'
import { familiarString, parseReference, withDefaultTag } from '../../parse/reference.ts'
import { displayMessages } from '../../streams/progress.ts'
import { contentTrust } from '../image/_content-trust.ts'

export default command({
  path: ['plugin push'],
  summary: 'Push a plugin to a registry',
  args: exactly(1, 'PLUGIN[:TAG]'),
  flags: { disableContentTrust: contentTrust() },
  complete: 'plugins',
  async run(context, { args: [name = ''] }) {
    const reference = withDefaultTag(parseReference(name))
    if (reference.digest !== undefined) throw cliError(`invalid name: ${name}`)
    const auth = await registryAuth(context, reference.domain)
    const { plugins } = await context.engine()
    const { body } = await plugins.push(familiarString(reference), { registryAuth: auth, signal: context.signal })
    await displayMessages(progressMessages(body), context.out, { now: context.now })
  },
})
