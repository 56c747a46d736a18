import { lstatSync, readFileSync, type Stats } from 'node:fs'
import { join } from 'node:path'
import { atLeast, command } from '../../cli/command.ts'
import { cliError } from '../../errors/cli-error.ts'
import { bool } from '../../cli/flags.ts'
import { log } from '../../errors/log.ts'
import { pathError } from '../../errors/os-error.ts'
import { absolute } from '../../archive/local.ts'
import type { Context } from '../../context.ts'
import { decode } from '../../go/decode.ts'
import { decoderMessage, JSONSyntaxError } from '../../go/json-syntax.ts'
import { parseReference } from '../../parse/reference.ts'
import { pluginConfig } from '../../wire/plugin.ts'

export default command({
  path: ['plugin create'],
  summary: 'Create a plugin from a directory with config.json and rootfs',
  args: atLeast(2, 'PLUGIN PLUGIN-DATA-DIR'),
  flags: { compress: bool('Compress the plugin data with gzip') },
  async run(context, { args: [name = '', given = ''], options }) {
    parseReference(name)
    const folder = absolute(context.getwd, given)
    if (!stat(folder).isDirectory()) throw cliError('context must be a directory')
    checkConfig(folder, given)
    const { plugins } = await context.engine()
    await plugins.create(name, await packed(context, folder, options.compress ?? false), { signal: context.signal })
    context.out.line(name)
  },
})

function stat(folder: string): Stats {
  try {
    return lstatSync(folder)
  } catch (error) {
    throw pathError('lstat', folder, error)
  }
}

/** Throws where config.json is none of a plugin's, in the words of Go's json.Decoder (docker/cli plugin validateConfig). */
function checkConfig(folder: string, given: string): void {
  let text: string
  try {
    text = readFileSync(join(folder, 'config.json'), 'utf8')
  } catch (error) {
    throw pathError('open', join(given, 'config.json'), error)
  }
  if (text.trim() === '') throw cliError('EOF')
  try {
    decode(pluginConfig, text)
  } catch (error) {
    // What follows the first value is not looked at.
    if (error instanceof JSONSyntaxError && error.kind === 'trailing') return
    throw cliError(decoderMessage(error))
  }
}

async function packed(context: Context, folder: string, compress: boolean): Promise<AsyncIterable<Uint8Array>> {
  const { packResource } = await import('../../archive/pack.ts')
  const onSkip = (message: string): void => log(context, 'error', message)
  const pieces = packResource(folder, { contentsOnly: true, onSkip })
  return compress ? (await import('../../archive/gzip.ts')).gzip(pieces) : pieces
}
