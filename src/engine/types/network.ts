/** Addresses that a container asks for in a network. */
export interface EndpointIpamConfig {
  IPv4Address?: string | undefined
  IPv6Address?: string | undefined
  LinkLocalIPs?: string[] | undefined
}

/** A container's place in one network: asked for in create and connect, reported in inspect. */
export interface EndpointSettings {
  IPAMConfig?: EndpointIpamConfig | null | undefined
  Links?: string[] | null | undefined
  Aliases?: string[] | null | undefined
  DriverOpts?: Record<string, string> | null | undefined
  GwPriority?: number | undefined
  NetworkID?: string | undefined
  EndpointID?: string | undefined
  Gateway?: string | undefined
  IPAddress?: string | undefined
  MacAddress?: string | undefined
  IPPrefixLen?: number | undefined
  IPv6Gateway?: string | undefined
  GlobalIPv6Address?: string | undefined
  GlobalIPv6PrefixLen?: number | undefined
  DNSNames?: string[] | null | undefined
}

/** Where a container's port is reachable on the host. */
export interface PortBinding {
  HostIp?: string | undefined
  HostPort?: string | undefined
}

/** Host bindings by `port/protocol`. */
export type PortMap = Record<string, PortBinding[] | null>

/** A block of addresses that a network hands out. */
export interface IpamConfig {
  Subnet?: string
  IPRange?: string
  Gateway?: string
  AuxiliaryAddresses?: Record<string, string>
}

/** What makes a network. */
export interface NetworkCreateBody {
  Name: string
  Driver: string
  Scope: string
  EnableIPv4?: boolean
  EnableIPv6?: boolean
  IPAM: { Driver: string; Options: Record<string, string> | null; Config: IpamConfig[] | null } | null
  Internal: boolean
  Attachable: boolean
  Ingress: boolean
  ConfigOnly: boolean
  ConfigFrom: { Network: string } | null
  Options: Record<string, string> | null
  Labels: Record<string, string>
}

/** A network as lists show it. */
export interface NetworkSummary {
  Name: string
  Id: string
  Created: string
  Scope: string
  Driver: string
  EnableIPv4?: boolean
  EnableIPv6?: boolean
  Internal?: boolean
  Ingress?: boolean
  Labels?: Record<string, string> | null
}

/** What a prune removed. */
export interface PruneNetworksReport {
  NetworksDeleted: string[] | null
}
