import { buildKitChoice } from '../../cli/aliases.ts'
import { command, exactly } from '../../cli/command.ts'
import type { Context } from '../../context.ts'
import { buildFlags } from './_build/flags.ts'

export default command({
  path: ['image build', 'build', 'builder build'],
  summary: 'Build an image from a Dockerfile',
  args: exactly(1, 'PATH | URL | -'),
  flags: buildFlags,
  top: 4,
  async run(context, { args: [specified = ''], options }) {
    await warnOfClassic(context)
    const { buildClassic } = await import('./_build/classic.ts')
    await buildClassic(context, specified, options)
  },
})

/** Says why the classic builder is used, where the daemon has BuildKit (docker/cli cmd/docker/builder.go). */
async function warnOfClassic(context: Context): Promise<void> {
  const disabled = buildKitChoice(context) === false
  const ping = await (await context.engine()).ping(context.signal).catch(() => undefined)
  if (ping?.osType === 'windows') return
  if (disabled) context.err.write(`${deprecated}\n            ${buildKitDisabled}\n\n`)
  else if (ping?.builderVersion === '2') context.err.write(`${deprecated}\n            ${buildxMissing}\n\n`)
}

const deprecated = 'DEPRECATED: The legacy builder is deprecated and will be removed in a future release.'
const buildKitDisabled = `BuildKit is currently disabled; enable it by removing the DOCKER_BUILDKIT=0
            environment-variable.`
const buildxMissing = `Install the buildx component to build images with BuildKit:
            https://docs.docker.com/go/buildx/`
