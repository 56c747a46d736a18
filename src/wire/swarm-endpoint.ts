import { field, named, slice, str, struct, uint32 } from '../go/types.ts'
import { ipProtocol } from './endpoint.ts'
import { prefix } from './net.ts'

const resolutionMode = named('swarm.ResolutionMode', str)

const portConfigPublishMode = named('swarm.PortConfigPublishMode', str)

/** Go's swarm.PortConfig. */
export const portConfig = struct('swarm.PortConfig', {
  Name: field(str, ',omitempty'),
  Protocol: field(ipProtocol, ',omitempty'),
  TargetPort: field(uint32, ',omitempty'),
  PublishedPort: field(uint32, ',omitempty'),
  PublishMode: field(portConfigPublishMode, ',omitempty'),
})

/** Go's swarm.EndpointSpec. */
export const endpointSpec = struct('swarm.EndpointSpec', {
  Mode: field(resolutionMode, ',omitempty'),
  Ports: field(slice(portConfig), ',omitempty'),
})

const endpointVirtualIP = struct('swarm.EndpointVirtualIP', {
  NetworkID: field(str, ',omitempty'),
  Addr: field(prefix, ',omitzero'),
})

/** Go's swarm.Endpoint. */
export const endpoint = struct('swarm.Endpoint', {
  Spec: field(endpointSpec, ',omitempty'),
  Ports: field(slice(portConfig), ',omitempty'),
  VirtualIPs: field(slice(endpointVirtualIP), ',omitempty'),
})
