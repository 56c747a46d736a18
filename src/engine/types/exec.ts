/** What makes a process in a container: POST /containers/ID/exec. */
export interface ExecCreateBody {
  User?: string | undefined
  Privileged?: boolean | undefined
  Tty?: boolean | undefined
  /** Rows, columns. */
  ConsoleSize?: [number, number] | undefined
  AttachStdin?: boolean | undefined
  AttachStderr?: boolean | undefined
  AttachStdout?: boolean | undefined
  DetachKeys?: string | undefined
  Env?: string[] | null | undefined
  WorkingDir?: string | undefined
  Cmd?: string[] | null | undefined
}

/** How a process is started; `Tty` as it was made with. */
export interface ExecStartBody {
  Detach?: boolean | undefined
  Tty?: boolean | undefined
  /** Rows, columns. */
  ConsoleSize?: [number, number] | undefined
}

/** A process in a container; `ExitCode` is null while it runs. */
export interface ExecInspect {
  ID: string
  Running: boolean
  ExitCode: number | null
  OpenStdin: boolean
  OpenStderr: boolean
  OpenStdout: boolean
  CanRemove: boolean
  ContainerID: string
  DetachKeys: string
  Pid: number
  ProcessConfig?: { tty: boolean; entrypoint: string; arguments: string[]; privileged?: boolean; user?: string }
}
