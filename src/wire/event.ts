import { field, int64, map, named, str, struct } from '../go/types.ts'

const eventsType = named('events.Type', str)

const action = named('events.Action', str)

const actor = struct('events.Actor', {
  ID: str,
  Attributes: map(str, str),
})

/** Go's events.Message. */
export const eventMessage = struct('events.Message', {
  Type: eventsType,
  Action: action,
  Actor: actor,
  Scope: field(str, 'scope,omitempty'),
  Time: field(int64, 'time,omitempty'),
  TimeNano: field(int64, 'timeNano,omitempty'),
})
