/** What the commands read of a swarm's objects; the daemon sends more. */
export interface SwarmObject {
  ID: string
  Version?: { Index?: number }
  CreatedAt?: string
  UpdatedAt?: string
}

/** What a node is to be: `worker` or `manager`; `active`, `pause` or `drain`. */
export interface NodeSpec {
  Name?: string
  Labels?: Record<string, string> | null
  Role?: string
  Availability?: string
}

/** A swarm's root certificate in PEM; subject and key of who issued it in base64. */
export interface TlsInfo {
  TrustRoot?: string
  CertIssuerSubject?: string
  CertIssuerPublicKey?: string
}

/** A node of a swarm; memory in bytes, processors in billionths. */
export interface SwarmNode extends SwarmObject {
  Spec?: NodeSpec
  Description?: {
    Hostname?: string
    Platform?: { Architecture?: string; OS?: string }
    Resources?: { NanoCPUs?: number; MemoryBytes?: number }
    Engine?: {
      EngineVersion?: string
      Labels?: Record<string, string> | null
      Plugins?: { Type?: string; Name?: string }[] | null
    }
    TLSInfo?: TlsInfo
  }
  Status?: { State?: string; Message?: string; Addr?: string }
  ManagerStatus?: { Leader?: boolean; Reachability?: string; Addr?: string } | null
}

/** A port of a service or task; `PublishMode` is `ingress` or `host`. */
export interface SwarmPort {
  Name?: string
  Protocol?: string
  TargetPort?: number
  PublishedPort?: number
  PublishMode?: string
}

/** A task: a container that a service has on a node. */
export interface SwarmTask extends SwarmObject {
  Spec?: { ContainerSpec?: { Image?: string; TTY?: boolean } | null }
  ServiceID?: string
  Slot?: number
  NodeID?: string
  DesiredState?: string
  /** The run of a job that the task belongs to. */
  JobIteration?: { Index?: number } | null
  Status?: { Timestamp?: string; State?: string; Err?: string; PortStatus?: { Ports?: SwarmPort[] | null } }
}

/** What makes a secret or a config; the data is base64. */
export interface SecretConfigSpec {
  Name: string
  Labels: Record<string, string>
  Data?: string
  Driver?: { Name: string; Options?: Record<string, string> }
  Templating?: { Name: string }
}

/** A secret or a config; of a secret the daemon never gives the data. */
export interface SecretConfig extends SwarmObject {
  Spec?: {
    Name?: string
    Labels?: Record<string, string> | null
    Data?: string
    Driver?: { Name?: string } | null
  }
}
