import { field, int, map, named, ptr, slice, str, struct } from '../go/types.ts'
import { addr, hardwareAddr } from './net.ts'

/** Go's network.PortBinding. */
export const portBinding = struct('network.PortBinding', {
  HostIP: field(addr, 'HostIp'),
  HostPort: str,
})

const endpointIPAMConfig = struct('network.EndpointIPAMConfig', {
  IPv4Address: field(addr, ',omitzero'),
  IPv6Address: field(addr, ',omitzero'),
  LinkLocalIPs: field(slice(addr), ',omitempty'),
})

/** Go's network.EndpointSettings. */
export const endpointSettings = struct('network.EndpointSettings', {
  IPAMConfig: ptr(endpointIPAMConfig),
  Links: slice(str),
  Aliases: slice(str),
  DriverOpts: map(str, str),
  GwPriority: int,
  NetworkID: str,
  EndpointID: str,
  Gateway: addr,
  IPAddress: addr,
  MacAddress: hardwareAddr,
  IPPrefixLen: int,
  IPv6Gateway: addr,
  GlobalIPv6Address: addr,
  GlobalIPv6PrefixLen: int,
  DNSNames: slice(str),
})

/** Go's network.IPProtocol. */
export const ipProtocol = named('network.IPProtocol', str)
