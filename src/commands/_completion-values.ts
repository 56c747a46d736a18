import type { Asked, Offer } from '../cli/program.ts'
import type { Context } from '../context.ts'
import type { ContainerSummary } from '../engine/types/container.ts'
import { dictionary } from '../go/dictionary.ts'
import { swarmSources } from './_completion-swarm.ts'

/** What the `complete` of a flag or command names: who answers for its values. */
export type Source = (
  context: Context,
  args: readonly string[],
  typed: string,
) => Promise<readonly string[] | Offer> | readonly string[] | Offer

const platforms =
  'linux/386 linux/amd64 linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm64 linux/arm64/v8 linux/ppc64le linux/riscv64 linux/s390x windows/amd64'
const signals =
  'ABRT ALRM BUS CHLD CONT FPE HUP ILL INT IO KILL PIPE PROF PWR QUIT SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ'
const capabilities =
  'ALL AUDIT_CONTROL AUDIT_READ AUDIT_WRITE BLOCK_SUSPEND BPF CHECKPOINT_RESTORE CHOWN DAC_OVERRIDE DAC_READ_SEARCH FOWNER FSETID IPC_LOCK IPC_OWNER KILL LEASE LINUX_IMMUTABLE MAC_ADMIN MAC_OVERRIDE MKNOD NET_ADMIN NET_BIND_SERVICE NET_BROADCAST NET_RAW PERFMON SETFCAP SETGID SETPCAP SETUID SYSLOG SYS_ADMIN SYS_BOOT SYS_CHROOT SYS_MODULE SYS_NICE SYS_PACCT SYS_PTRACE SYS_RAWIO SYS_RESOURCE SYS_TIME SYS_TTY_CONFIG WAKE_ALARM'
const objectKinds = 'config container image network node plugin secret service task volume'

const sources = dictionary<Source>({
  ...swarmSources,
  'container-all': (context, args) => containerNames(context, args, true),
  'container-running': (context, args) => containerNames(context, args, false),
  'container-paused': (context, args) => containerNames(context, args, false, (state) => state === 'paused'),
  'container-stopped': (context, args) =>
    containerNames(context, args, true, (state) => state === 'exited' || state === 'created'),
  images: async (context) =>
    (await (await context.engine()).images.list({ signal: context.signal })).flatMap((image) => image.RepoTags ?? []),
  networks: async (context) =>
    (await (await context.engine()).networks.list({ signal: context.signal })).map(({ Name }) => Name),
  volumes: async (context) =>
    (await (await context.engine()).volumes.list({ signal: context.signal })).map(({ Name }) => Name),
  stacks: async (context) => (await (await import('./stack/_stacks.ts')).listStacks(context)).map(({ name }) => name),
  files: () => ({ words: [], files: true }),
  contexts: contextNames,
  // After the context comes a file.
  'context-to-export': (context, args) => (args.length > 0 ? [] : contextNames(context, args)),
  plugins: (context) => pluginNames(context),
  'plugins-enabled': (context) => pluginNames(context, 'true'),
  'plugins-disabled': (context) => pluginNames(context, 'false'),
  'env-names': (context) => Object.keys(context.env),
  platforms: () => platforms.split(' '),
  signal: () => signals.split(' '),
  signals: () => signals.split(' '),
  capabilities: () => capabilities.split(' '),
  'restart-policies': () => ['no', 'always', 'on-failure', 'unless-stopped'],
  'pull-policies': () => ['always', 'missing', 'never'],
  'object-kinds': () => objectKinds.split(' '),
  'log-levels': () => ['debug', 'info', 'warn', 'error', 'fatal'],
  'detach-keys': () => ['ctrl-a', 'ctrl-p,ctrl-q'],
})

/** The values that `source` offers; none where it is not known or the daemon does not answer, for a shell is waiting. */
export async function completionValues(context: Context, source: string, { args, typed }: Asked): Promise<Offer> {
  try {
    const offer = (await sources[source]?.(context, args, typed)) ?? []
    return 'words' in offer ? offer : { words: offer }
  } catch {
    return { words: [] }
  }
}

async function pluginNames(context: Context, enabled?: string): Promise<string[]> {
  const { plugins } = await context.engine()
  const filters = enabled === undefined ? {} : { enabled: [enabled] }
  return (await plugins.list({ filters, signal: context.signal })).map(({ Name }) => Name)
}

async function containerNames(
  context: Context,
  args: readonly string[],
  all: boolean,
  wanted: (state: string) => boolean = () => true,
): Promise<string[]> {
  const { containers } = await context.engine()
  const found: ContainerSummary[] = await containers.list({ all, signal: context.signal })
  const ids = context.env.DOCKER_COMPLETION_SHOW_CONTAINER_IDS === 'yes'
  return found
    .filter((container) => wanted(container.State ?? ''))
    .flatMap((container) => [
      ...(ids ? [container.Id] : []),
      // A name with a second slash is another container's link to this one.
      ...(container.Names ?? []).map((name) => name.slice(1)).filter((name) => name !== '' && !name.includes('/')),
    ])
    .filter((name) => !args.includes(name))
}

async function contextNames(context: Context, args: readonly string[]): Promise<string[]> {
  const [{ ContextStore }, { resolveContextName }, { compareNatural }] = await Promise.all([
    import('../contexts/store.ts'),
    import('../connection/endpoint.ts'),
    import('../format/natural.ts'),
  ])
  const current = await resolveContextName(context)
  const stored = new ContextStore(context).list().map(({ Name }) => Name)
  const names = stored.toSorted(compareNatural)
  return names.filter((name) => !args.includes(name)).map((name) => (name === current ? `${name}\tcurrent` : name))
}
