import { time } from '../go/time.ts'
import { bool, field, int, int64, named, ptr, slice, str, struct, uint64, uint8 } from '../go/types.ts'
import { fileMode } from './file-mode.ts'

/** Go's container.CreateResponse. */
export const containerCreated = struct('container.CreateResponse', { ID: field(str, 'Id'), Warnings: slice(str) })

/** Go's common.IDResponse, which commit and exec's create answer with. */
export const identified = struct('common.IDResponse', { ID: field(str, 'Id') })

/** Go's container.WaitResponse. */
export const waitResponse = struct('container.WaitResponse', {
  Error: field(ptr(struct('container.WaitExitError', { Message: field(str, ',omitempty') })), ',omitempty'),
  StatusCode: int64,
})

/** Go's container.TopResponse. */
export const topResponse = struct('container.TopResponse', { Processes: slice(slice(str)), Titles: slice(str) })

/** Go's container.FilesystemChange, a list of them. */
export const filesystemChanges = slice(
  struct('container.FilesystemChange', { Kind: named('container.ChangeType', uint8), Path: str }),
)

/** Go's container.UpdateResponse. */
export const updateResponse = struct('container.UpdateResponse', { Warnings: slice(str) })

/** Go's container.PruneReport. */
export const prunedContainers = struct('container.PruneReport', {
  ContainersDeleted: slice(str),
  SpaceReclaimed: uint64,
})

/** Go's container.PathStat. */
export const pathStat = struct('container.PathStat', {
  Name: field(str, 'name'),
  Size: field(int64, 'size'),
  Mode: field(fileMode, 'mode'),
  Mtime: field(time, 'mtime'),
  LinkTarget: field(str, 'linkTarget'),
})

const processConfig = struct('container.ExecProcessConfig', {
  Tty: field(bool, 'tty'),
  Entrypoint: field(str, 'entrypoint'),
  Arguments: field(slice(str), 'arguments'),
  Privileged: field(ptr(bool), 'privileged,omitempty'),
  User: field(str, 'user,omitempty'),
})

/** Go's container.ExecInspectResponse. */
export const execInspect = struct('container.ExecInspectResponse', {
  ID: str,
  Running: bool,
  ExitCode: ptr(int),
  ProcessConfig: ptr(processConfig),
  OpenStdin: bool,
  OpenStderr: bool,
  OpenStdout: bool,
  CanRemove: bool,
  ContainerID: str,
  DetachKeys: slice(uint8),
  Pid: int,
})

/** Go's checkpoint.Summary, a list of them. */
export const checkpoints = slice(struct('checkpoint.Summary', { Name: str }))
