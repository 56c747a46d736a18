import { spawn, type ChildProcess } from 'node:child_process'
import { wrap } from '../errors/cli-error.ts'
import type { CommandLine } from '../cli/plugin-host.ts'
import type { Context } from '../context.ts'
import { listenForPlugin } from './socket.ts'

/**
 * Runs a plugin in our place: our descriptors, all of our arguments, its exit status. A first signal to end closes the
 * socket that well-behaved plugins watch; the third kills it (docker/cli cmd/docker tryPluginRun).
 */
export async function runPlugin(
  context: Context,
  plugin: { readonly name: string; readonly path: string },
  line: CommandLine,
  command: string,
): Promise<number> {
  const socket = await listenForPlugin(context)
  const env = {
    ...context.env,
    ...reexecution(command),
    OTEL_RESOURCE_ATTRIBUTES: resourceAttributes(context, plugin.name),
    ...(socket === undefined ? {} : { DOCKER_CLI_PLUGIN_SOCKET: socket.address }),
    ...line.env,
  }
  await Promise.all([context.out.drain(), context.err.drain()])
  const child = spawn(plugin.path, line.argv, { env, cwd: context.cwd, stdio: 'inherit' })
  const termination = terminateBySignals(context, child, () => socket?.close())
  try {
    const status = await exitStatus(child, plugin.path)
    if (!termination.forced) return status
    context.err.line('got 3 SIGTERM/SIGINTs, forcefully exiting')
    return 1
  } finally {
    termination.dispose()
    socket?.close()
  }
}

/** Tells a plugin how to run this program again. */
export function reexecution(command: string): Record<string, string> {
  return { DOCKER_CLI_PLUGIN_ORIGINAL_CLI_COMMAND: command }
}

/**
 * On a terminal the plugin gets the signals of keys as we do, and ends by itself; elsewhere it gets them from us only, and the
 * third kills it.
 */
function terminateBySignals(
  context: Context,
  child: ChildProcess,
  close: () => void,
): { readonly forced: boolean; dispose: () => void } {
  let count = 0
  let forced = false
  const dispose = context.onSignal(['SIGINT', 'SIGTERM'], () => {
    count++
    if (context.out.isTerminal) return true
    close()
    if (count >= 3) forced = child.kill('SIGKILL')
    return true
  })
  return {
    get forced() {
      return forced
    },
    dispose,
  }
}

function exitStatus(child: ChildProcess, path: string): Promise<number> {
  return new Promise((resolve, reject) => {
    child.on('error', (error) => {
      reject(wrap(error, `fork/exec ${path}`, { code: 'plugin/start' }))
    })
    // One that a signal ended has the status -1 in Go, which its parent sees as 255.
    child.on('exit', (code) => resolve(code ?? 255))
  })
}

function resourceAttributes({ env, program }: Context, name: string): string {
  const own = `docker.cli.cobra.command_path=${encodeURIComponent(`${program} ${name}`)}`
  const given = env.OTEL_RESOURCE_ATTRIBUTES?.trim() ?? ''
  return given === '' ? own : `${given},${own}`
}
