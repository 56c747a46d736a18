/** What a test may ask of an engine before it runs there; the README's table says which engine lacks what. */
export type Feature = (typeof features)[number]

const features = [
  /** The exit code of a container that is removed as it ends is told (podman 4.3 answers 0). */
  'wait-removed',
  /** Why a container did not start is told while docket attaches to it (podman 4.3 answers 409). */
  'start-errors',
  /** Commits a container without being sent a configuration (podman 4.3 answers `Decode(): EOF`). */
  'commit',
  /** Pushing tells of each layer's progress (podman 4.3 sends one line at the end). */
  'push-progress',
  /** Pulls every tag of a repository (podman 4.3 takes no tag to mean `latest`). */
  'all-tags',
  /** Reads what is typed to `exec -i` while its output waits for a reader (podman 4.3 stops, whichever client). */
  'exec-duplex',
  /** Builds by BuildKit. */
  'buildkit',
  /** Listens on TCP with TLS. */
  'tls',
  /** Manages a swarm. */
  'swarm',
  /** Builds by BuildKit (podman by Buildah). */
  'buildkit',
  /** Its own frontend knows here-documents, links, named contexts and checks (Docker 20.10's is of 2020). */
  'dockerfile-1.7',
  /** Mounts a part of a volume, and makes the source of a bind only where it is told to (API 1.45 and 1.42). */
  'mount-options',
  /** Its packages have buildx. */
  'buildx',
] as const

/** What Docker 20.10 lacks. */
const since28 = new Set<Feature>(['dockerfile-1.7', 'mount-options', 'buildx'])

/** One real engine, declared once: where its packages come from, and the script that runs it inside its sandbox. */
export interface Declared {
  name: string
  kind: 'docker' | 'podman'
  suite: 'bookworm' | 'forky'
  features: Feature[]
  start: (place: Place) => string
}

/** What a start script needs to know: its folder (also seen from the host), its address, and the run it belongs to. */
export interface Place {
  folder: string
  address: string
  certificates: string
  run: string
  registries: Registries
}

/** Registry addresses as they are written in image references. */
export interface Registries {
  open: string
  password: string
  tls: string
}

/** The account that the registries with a password know. */
export const account = { username: 'ali', password: 'open sesame' }

/** Debian packages per suite; each suite is unpacked once into a root of its own. */
export const packages = {
  bookworm: [
    'busybox-static',
    'docker-registry',
    'docker.io',
    'gnupg',
    'golang-docker-credential-helpers',
    'iptables',
    'netavark',
    'openssh-server',
    'openssl',
    'pass',
    'podman',
    'sed',
    'util-linux',
    'procps',
  ],
  forky: ['docker-buildx', 'docker-compose', 'docker.io', 'iptables', 'procps'],
}

export const declared: Declared[] = [
  {
    name: 'docker-20',
    kind: 'docker',
    suite: 'bookworm',
    features: features.filter((feature) => !since28.has(feature)),
    start: dockerd,
  },
  {
    name: 'docker-28',
    kind: 'docker',
    suite: 'forky',
    features: [...features],
    start: dockerd,
  },
  { name: 'podman-4', kind: 'podman', suite: 'bookworm', features: [], start: podman },
]

/** Engines that one file of tests starts for itself, together, by what DOCKET_ENGINES calls them. */
export const sets: { name: string; engines: Declared[] }[] = [
  {
    name: 'swarm-3',
    engines: ['node-1', 'node-2', 'node-3'].map((name) => ({
      name,
      kind: 'docker',
      suite: 'forky',
      features: [],
      start: swarmNode,
    })),
  },
]

/** The port on which a `dockerd` sandbox listens with TLS. */
export const tlsPort = 2376

function dockerd({ folder, address, certificates, run, registries }: Place): string {
  return `
mkdir -p /etc/docker/certs.d/${registries.tls}
cp ${certificates}/ca.pem /etc/docker/certs.d/${registries.tls}/ca.crt
exec dockerd --data-root ${folder}/data --exec-root /run/docker --pidfile /run/docker.pid --group root \\
  --host unix://${folder}/engine.sock --host tcp://${address}:${tlsPort} \\
  --tlsverify --tlscacert ${certificates}/ca.pem --tlscert ${certificates}/server.pem --tlskey ${certificates}/server-key.pem \\
  --cgroup-parent /${run}-${address} --experimental --log-opt max-size=512m \\
  --insecure-registry ${registries.open} --insecure-registry ${registries.password}
`
}

/**
 * A daemon that goes and comes as the pipe `control` in its folder says: the name of a signal ends it, `start` starts it again.
 */
function swarmNode({ folder, address, run, registries }: Place): string {
  return `
mkfifo ${folder}/control
exec 3<>${folder}/control
start() {
  dockerd --data-root ${folder}/data --exec-root /run/docker --pidfile /run/docker.pid --group root \\
    --host unix://${folder}/engine.sock --cgroup-parent /${run}-${address} \\
    --insecure-registry ${registries.open} --insecure-registry ${registries.password} 3<&- &
  daemon=$!
}
start
while read -r word <&3; do
  if [ "$word" = start ]; then start; else kill "-$word" "$daemon"; wait "$daemon"; fi
done
`
}

function podman({ folder, certificates, registries }: Place): string {
  return `
mkdir -p /etc/containers/certs.d/${registries.tls}
cp ${certificates}/ca.pem /etc/containers/certs.d/${registries.tls}/ca.crt
cat >/etc/containers/registries.conf <<END
unqualified-search-registries = ["docker.io"]
[[registry]]
location = "${registries.open}"
insecure = true
[[registry]]
location = "${registries.password}"
insecure = true
END
exec podman --root ${folder}/storage --runroot /run/containers/storage --runtime runc --cgroup-manager cgroupfs --events-backend file \\
  --network-backend netavark system service --time 0 unix://${folder}/engine.sock
`
}

/** The script of the sandbox that runs the three registries. The hash is bcrypt of `account.password`. */
export function registry({ folder, certificates, registries }: Place): string {
  const one = (name: string, address: string, more: string): string => `
cat >${folder}/${name}.yml <<'END'
version: 0.1
log: { level: warn }
storage: { filesystem: { rootdirectory: ${folder}/${name} }, delete: { enabled: true } }
http: { addr: '${address}', secret: none${name === 'tls' ? `, tls: { certificate: ${certificates}/server.pem, key: ${certificates}/server-key.pem }` : ''} }
${more}
END
docker-registry serve ${folder}/${name}.yml &`
  const auth = `auth: { htpasswd: { realm: docket, path: ${folder}/accounts } }`
  return `
echo '${account.username}:$2b$05$docketdocketdocketdoceDg8dwAXm3rE6KJChBaRzMttfFG4TBeK' >${folder}/accounts
${one('open', registries.open, '')}
${one('password', registries.password, auth)}
${one('tls', registries.tls, auth)}
wait
`
}
