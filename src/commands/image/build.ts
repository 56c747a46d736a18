import { buildKitChoice } from '../../cli/aliases.ts'
import { command, exactly } from '../../cli/command.ts'
import { flagName } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { PingInfo } from '../../engine/ping.ts'
import { cliError, flagError, type UsageSite } from '../../errors/cli-error.ts'
import { buildkitFlags } from './_build/buildkit-flags.ts'
import { buildFlags } from './_build/flags.ts'

export default command({
  path: ['image build', 'build', 'builder build'],
  summary: 'Build an image from a Dockerfile',
  args: exactly(1, 'PATH | URL | -'),
  flags: { ...buildFlags, ...buildkitFlags },
  top: 4,
  complete: 'folders',
  async run(context, { args: [specified = ''], options, site }) {
    if (await isForBuildkit(context, options, site)) {
      const { buildByBuildkit } = await import('./_build/buildkit.ts')
      return buildByBuildkit(context, specified, options)
    }
    const { buildClassic } = await import('./_build/classic.ts')
    await buildClassic(context, specified, options)
    return 0
  },
})

/**
 * Whether BuildKit is to build: where the engine has it, unless DOCKER_BUILDKIT switches it off, which is warned of as the reference
 * does. Throws for flags that only BuildKit knows where another builds (docker/cli cmd/docker/builder.go).
 */
async function isForBuildkit(context: Context, options: object, site: UsageSite): Promise<boolean> {
  const choice = buildKitChoice(context)
  const names = Object.entries(buildkitFlags).map(([key, flag]) => [key, flagName(key, flag)] as const)
  const given = names.find(([key]) => key in options)?.[1]
  if (choice === false && given !== undefined) throw flagError(`unknown flag: --${given}`, site)
  const ping = await (await context.engine()).ping(context.signal).catch(() => undefined)
  if (choice !== false && (choice === true || hasBuildkit(ping))) return true
  if (given !== undefined && ping !== undefined) {
    throw cliError(
      `--${given} needs BuildKit, which this engine does not have`,
      1,
      'Leave the flag out, or use a newer engine.',
    )
  }
  if (choice === false && ping?.osType !== 'windows') context.err.write(disabled)
  return false
}

/** Engines have had BuildKit before it was their default builder; Podman says nothing of any. */
function hasBuildkit(ping: PingInfo | undefined): boolean {
  if (ping?.builderVersion === '2') return true
  return ping?.builderVersion === '1' && ping.osType !== 'windows'
}

const disabled = `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.

`
