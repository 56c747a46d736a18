import type { ConfigFile } from './config/config-file.ts'
import type { Endpoint } from './connection/endpoint.ts'
import type { Engine } from './engine/engine.ts'
import type { Input, Output } from './streams/stdio.ts'

/** The global flags, as given before the command. */
export interface GlobalOptions {
  readonly config?: string
  readonly context?: string
  readonly debug?: boolean
  readonly host?: string
  readonly logLevel?: string
  readonly tls?: boolean
  readonly tlscacert?: string
  readonly tlscert?: string
  readonly tlskey?: string
  readonly tlsverify?: boolean
}

/** Told of a signal; where it gives true, it sees to a third one, too. */
export type SignalListener = (name: NodeJS.Signals) => boolean | void

/** Everything that a command depends on outside its arguments; tests pass a fake. */
export interface Context {
  /** The name the program was called by, as messages give it. */
  readonly program: string
  readonly in: Input
  readonly out: Output
  readonly err: Output
  readonly env: Readonly<Record<string, string | undefined>>
  /** What the names of files count from: `.`, which needs no path of its own. */
  readonly cwd: string
  /** The working folder's path, PWD where that leads to it; throws with Go's message where it was removed (Go os.Getwd). */
  readonly getwd: () => string
  /** The folder this program is installed in, for the files that it comes with. */
  readonly installation: string
  readonly home: string
  readonly platform: NodeJS.Platform
  /** The architecture by its Go name (`amd64`). */
  readonly arch: string
  readonly globals: GlobalOptions
  /** Aborts when a signal asks the program to end (SIGINT, SIGTERM, SIGHUP). */
  readonly signal: AbortSignal
  readonly now: () => Date
  /** Takes over the named signals until the function it gives is called; only the third one ends the program meanwhile. */
  readonly onSignal: (names: readonly NodeJS.Signals[], listener: SignalListener) => () => void
  /** Ends the program as the signal does to one that does not catch it. */
  readonly raise: (name: NodeJS.Signals) => void
  /** The configuration folder, absolute or as given. */
  readonly configDir: string
  readonly config: () => Promise<ConfigFile>
  readonly endpoint: () => Promise<Endpoint>
  readonly engine: () => Promise<Engine>
}
