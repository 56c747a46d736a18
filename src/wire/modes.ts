import { bool, method, named, str, type Method } from '../go/types.ts'

/** Modes of a container's namespaces: texts with questions to ask them (moby api/types/container hostconfig.go). */
const is = (test: (mode: string) => boolean): Method => method(bool, (mode: string) => test(mode))

const isHost = (mode: string): boolean => mode === 'host'
const isContainer = (mode: string): boolean => mode.startsWith('container:')
const containerOf = (mode: string): string => (isContainer(mode) ? mode.slice('container:'.length) : '')
const ofContainer: Method = method(str, (mode: string) => containerOf(mode))

const isUserDefined = (mode: string): boolean =>
  !['default', 'bridge', 'host', 'none'].includes(mode) && !isContainer(mode)

/** Go's container.NetworkMode. */
export const networkMode = named('container.NetworkMode', str, {
  IsNone: is((mode) => mode === 'none'),
  IsDefault: is((mode) => mode === 'default'),
  IsBridge: is((mode) => mode === 'bridge'),
  IsHost: is(isHost),
  IsContainer: is(isContainer),
  IsPrivate: is((mode) => !isHost(mode) && !isContainer(mode)),
  IsUserDefined: is(isUserDefined),
  ConnectedContainer: ofContainer,
  UserDefined: method(str, (mode: string) => (isUserDefined(mode) ? mode : '')),
  NetworkName: method(str, (mode: string) => (isContainer(mode) ? 'container' : mode)),
})

/** Go's container.CgroupnsMode. */
export const cgroupnsMode = named('container.CgroupnsMode', str, {
  IsPrivate: is((mode) => mode === 'private'),
  IsHost: is(isHost),
  IsEmpty: is((mode) => mode === ''),
  Valid: is((mode) => ['', 'private', 'host'].includes(mode)),
})

/** Go's container.IpcMode. */
export const ipcMode = named('container.IpcMode', str, {
  IsPrivate: is((mode) => mode === 'private'),
  IsHost: is(isHost),
  IsShareable: is((mode) => mode === 'shareable'),
  IsContainer: is(isContainer),
  IsNone: is((mode) => mode === 'none'),
  IsEmpty: is((mode) => mode === ''),
  Valid: is((mode) => ['', 'none', 'private', 'host', 'shareable'].includes(mode) || isContainer(mode)),
  Container: ofContainer,
})

/** Go's container.CgroupSpec. */
export const cgroupSpec = named('container.CgroupSpec', str, {
  IsContainer: is(isContainer),
  Valid: is((mode) => mode === '' || isContainer(mode)),
  Container: ofContainer,
})

/** Go's container.PidMode. */
export const pidMode = named('container.PidMode', str, {
  IsPrivate: is((mode) => !isHost(mode) && !isContainer(mode)),
  IsHost: is(isHost),
  IsContainer: is(isContainer),
  Valid: is((mode) => mode === '' || isHost(mode) || containerOf(mode) !== ''),
  Container: ofContainer,
})

const hostOrNot = {
  IsPrivate: is((mode) => !isHost(mode)),
  IsHost: is(isHost),
  Valid: is((mode) => mode === '' || isHost(mode)),
}

/** Go's container.UTSMode. */
export const utsMode = named('container.UTSMode', str, hostOrNot)

/** Go's container.UsernsMode. */
export const usernsMode = named('container.UsernsMode', str, hostOrNot)

const isDefault = (mode: string): boolean => ['', 'default'].includes(mode.toLowerCase())

/** Go's container.Isolation. */
export const isolation = named('container.Isolation', str, {
  IsDefault: is(isDefault),
  IsHyperV: is((mode) => mode.toLowerCase() === 'hyperv'),
  IsProcess: is((mode) => mode.toLowerCase() === 'process'),
  IsValid: is(isDefault),
})
