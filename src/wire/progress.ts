import { any, bool, field, int, int64, ptr, str, struct } from '../go/types.ts'

const progress = struct('jsonstream.Progress', {
  Current: field(int64, 'current,omitempty'),
  Total: field(int64, 'total,omitempty'),
  Start: field(int64, 'start,omitempty'),
  HideCounts: field(bool, 'hidecounts,omitempty'),
  Units: field(str, 'units,omitempty'),
})

const failure = struct('jsonstream.Error', {
  Code: field(int, 'code,omitempty'),
  Message: field(str, 'message,omitempty'),
})

/** Go's jsonstream.Message: one line of a pull, push, load, import or build. */
export const progressMessage = struct('jsonstream.Message', {
  Stream: field(str, 'stream,omitempty'),
  Status: field(str, 'status,omitempty'),
  Progress: field(ptr(progress), 'progressDetail,omitempty'),
  ID: field(str, 'id,omitempty'),
  Error: field(ptr(failure), 'errorDetail,omitempty'),
  Aux: field(any, 'aux,omitempty'),
})
