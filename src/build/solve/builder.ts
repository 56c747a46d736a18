/** What the engine's builder can do. */
export interface Builder {
  /** Images are kept by containerd: several platforms, attestations, OCI files and caches can be made and pushed at once. */
  readonly hasContainerdStore: boolean
  /** The version of BuildKit, empty where an older one does not say. */
  readonly version: string
  /** The address that `host-gateway` stands for; empty where the engine does not say. */
  readonly hostGateway: string
}

/** Reads the labels and versions of an engine's workers (buildx driver/docker Features, HostGatewayIP). */
export function readBuilder(
  workers: readonly {
    readonly labels: Readonly<Record<string, string>>
    readonly buildkitVersion?: { readonly version: string } | undefined
  }[],
): Builder {
  const label = (name: string): string | undefined =>
    workers.map(({ labels }) => labels[`org.mobyproject.buildkit.worker.${name}`]).find((value) => value !== undefined)
  return {
    hasContainerdStore: label('snapshotter') !== undefined,
    version: workers.find(({ buildkitVersion }) => buildkitVersion?.version)?.buildkitVersion?.version ?? '',
    hostGateway: label('moby.host-gateway-ip') ?? '',
  }
}

/** The error for what an engine cannot do as long as it keeps images by itself (buildx notSupported). */
export function notSupported(what: string, page: string): Error {
  return new Error(
    `${what} is not supported for the docker driver.\n` +
      'Switch to a different driver, or turn on the containerd image store, and try again.\n' +
      `Learn more at https://docs.docker.com/go/${page}/`,
  )
}
