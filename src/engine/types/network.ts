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
