import { messageOf } from '../../errors/cli-error.ts'
import { atMost, command } from '../../cli/command.ts'
import { indexServer, registryHostname } from '../../config/auth.ts'
import { credentialStore } from '../../config/credentials.ts'
import type { Context } from '../../context.ts'
import { warnOfEnvironment } from './_warning.ts'

export default command({
  path: ['logout'],
  summary: 'Log out of a registry',
  details: 'Log out of a registry, by default Docker Hub.',
  args: atMost(1, '[SERVER]'),
  top: 9,
  async run(context, { args: [server = ''] }) {
    await warnOfEnvironment(context)
    const address = server === '' ? indexServer : server
    if (server === '') await revokeTokens(context)
    const hostname = server === '' ? address : registryHostname(address)
    // Older clients may have kept them under any of these.
    const names = server === '' ? [address] : [address, hostname, `http://${hostname}`, `https://${hostname}`]
    context.out.line(`Removing login credentials for ${hostname}`)
    const problems = new Map<string, string>()
    let removed = 0
    for (const name of names) {
      try {
        await (await credentialStore(context, name)).erase(name)
        removed++
      } catch (error) {
        problems.set(name, messageOf(error))
      }
    }
    if (removed > 0 && problems.size !== names.length) return
    context.err.line('WARNING: could not erase credentials:')
    for (const [name, problem] of problems) context.err.line(`${name}: ${problem}`)
  },
})

async function revokeTokens(context: Context): Promise<void> {
  const { revokeDeviceTokens } = await import('./_device-login.ts')
  try {
    await revokeDeviceTokens(context)
  } catch (error) {
    context.err.line(`WARNING: ${messageOf(error)}`)
  }
}
