import { time } from '../go/time.ts'
import { bool, embed, field, int, map, ptr, slice, str, struct, uint64 } from '../go/types.ts'
import { addr, hardwareAddr, prefix } from './net.ts'

const ipamConfig = struct('network.IPAMConfig', {
  Subnet: field(prefix, ',omitzero'),
  IPRange: field(prefix, ',omitzero'),
  Gateway: field(addr, ',omitzero'),
  AuxAddress: field(map(str, addr), 'AuxiliaryAddresses,omitempty'),
})

const ipam = struct('network.IPAM', {
  Driver: str,
  Options: map(str, str),
  Config: slice(ipamConfig),
})

/** Go's network.ConfigReference. */
export const configReference = struct('network.ConfigReference', {
  Network: str,
})

const peerInfo = struct('network.PeerInfo', {
  Name: str,
  IP: addr,
})

/** Go's network.Network. */
export const network = struct('network.Network', {
  Name: str,
  ID: field(str, 'Id'),
  Created: time,
  Scope: str,
  Driver: str,
  EnableIPv4: bool,
  EnableIPv6: bool,
  IPAM: ipam,
  Internal: bool,
  Attachable: bool,
  Ingress: bool,
  ConfigFrom: configReference,
  ConfigOnly: bool,
  Options: map(str, str),
  Labels: map(str, str),
  Peers: field(slice(peerInfo), ',omitempty'),
})

const endpointResource = struct('network.EndpointResource', {
  Name: str,
  EndpointID: str,
  MacAddress: hardwareAddr,
  IPv4Address: prefix,
  IPv6Address: prefix,
})

const task = struct('network.Task', {
  Name: str,
  EndpointID: str,
  EndpointIP: addr,
  Info: map(str, str),
})

const serviceInfo = struct('network.ServiceInfo', {
  VIP: addr,
  Ports: slice(str),
  LocalLBIndex: int,
  Tasks: slice(task),
})

const subnetStatus = struct('network.SubnetStatus', {
  IPsInUse: uint64,
  DynamicIPsAvailable: uint64,
})

const ipamStatus = struct('network.IPAMStatus', {
  Subnets: field(map(prefix, subnetStatus), ',omitempty'),
})

const status = struct('network.Status', {
  IPAM: ipamStatus,
})

/** Go's network.Inspect. */
export const networkInspect = struct('network.Inspect', {
  Network: embed(network),
  Containers: map(str, endpointResource),
  Services: field(map(str, serviceInfo), ',omitempty'),
  Status: field(ptr(status), ',omitempty'),
})
