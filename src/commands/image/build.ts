import { buildKitChoice } from '../../cli/aliases.ts'
import { command, exactly } from '../../cli/command.ts'
import { flagName } from '../../cli/flags.ts'
import type { Context } from '../../context.ts'
import type { Engine } from '../../engine/engine.ts'
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
  const engine = await context.engine()
  const ping = await engine.ping(context.signal).catch(() => undefined)
  if (choice !== false && (choice === true || (await hasBuildkit(engine, ping, context.signal)))) return true
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

/** Engines have had BuildKit before they said so, and before it was their default builder; Podman has none. */
async function hasBuildkit(engine: Engine, ping: PingInfo | undefined, signal: AbortSignal): Promise<boolean> {
  if (ping === undefined || ping.osType === 'windows') return false
  if (ping.builderVersion === '2') return true
  const { answersAsBuildkit } = await import('../../build/probe.ts')
  return answersAsBuildkit(engine, signal)
}

const disabled = `DEPRECATED: The legacy builder is deprecated and will be removed in a future release.
            BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.

`
