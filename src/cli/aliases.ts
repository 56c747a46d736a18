import type { Context } from '../context.ts'
import { wrap } from '../errors/cli-error.ts'
import { parseBool } from '../go/bool.ts'
import type { CommandLine } from './plugin-host.ts'
import type { Program } from './program.ts'

/**
 * What config.json's aliases and a builder plugin make of the line; most lines have neither. Throws for a DOCKER_BUILDKIT
 * that is no boolean, whatever the line says (docker/cli cmd/docker processAliases, processBuilder).
 */
export async function withAliases(program: Program, context: Context, line: CommandLine): Promise<CommandLine> {
  const { aliases = {} } = (await context.config()).data
  const aliased = Object.keys(aliases).length > 0
  if (program.plugins !== undefined && (aliased || builds(line.words))) {
    return (await program.plugins()).alias(context, program.catalog, line)
  }
  buildKitChoice(context)
  return line
}

/** What DOCKER_BUILDKIT says, undefined where it is not set; throws where it is no boolean. */
export function buildKitChoice({ env }: Pick<Context, 'env'>): boolean | undefined {
  if (!env.DOCKER_BUILDKIT) return undefined
  try {
    return parseBool(env.DOCKER_BUILDKIT)
  } catch (error) {
    throw wrap(error, 'DOCKER_BUILDKIT environment variable expects boolean value')
  }
}

function builds([first = '', second = '']: readonly string[]): boolean {
  return ['build', 'builder', 'buildx', 'bake'].includes(first) || (first === 'image' && second === 'build')
}
