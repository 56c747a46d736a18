/** Fixed values, as docker/cli completes them; a word each. */
export const lists = {
  platforms:
    'linux/386 linux/amd64 linux/arm linux/arm/v5 linux/arm/v6 linux/arm/v7 linux/arm64 linux/arm64/v8 linux/ppc64le linux/s390x linux/riscv64 windows/amd64 wasip1/wasm',
  signals:
    'ABRT ALRM BUS CHLD CLD CONT FPE HUP ILL INT IO IOT KILL PIPE POLL PROF PWR QUIT RTMAX RTMIN SEGV STKFLT STOP SYS TERM TRAP TSTP TTIN TTOU URG USR1 USR2 VTALRM WINCH XCPU XFSZ',
  capabilities:
    'ALL CAP_AUDIT_CONTROL CAP_AUDIT_READ CAP_AUDIT_WRITE CAP_BLOCK_SUSPEND CAP_BPF CAP_CHECKPOINT_RESTORE CAP_CHOWN CAP_DAC_OVERRIDE CAP_DAC_READ_SEARCH CAP_FOWNER CAP_FSETID CAP_IPC_LOCK CAP_IPC_OWNER CAP_KILL CAP_LEASE CAP_LINUX_IMMUTABLE CAP_MAC_ADMIN CAP_MAC_OVERRIDE CAP_MKNOD CAP_NET_ADMIN CAP_NET_BIND_SERVICE CAP_NET_BROADCAST CAP_NET_RAW CAP_PERFMON CAP_SETFCAP CAP_SETGID CAP_SETPCAP CAP_SETUID CAP_SYSLOG CAP_SYS_ADMIN CAP_SYS_BOOT CAP_SYS_CHROOT CAP_SYS_MODULE CAP_SYS_NICE CAP_SYS_PACCT CAP_SYS_PTRACE CAP_SYS_RAWIO CAP_SYS_RESOURCE CAP_SYS_TIME CAP_SYS_TTY_CONFIG CAP_WAKE_ALARM',
  'restart-policies': 'no always on-failure unless-stopped',
  'restart-conditions': 'none on-failure any',
  'pull-policies': 'always missing never',
  'object-kinds': 'config container image network node plugin secret service task volume',
  'node-availability': 'active pause drain',
  'node-roles': 'worker manager',
  'service-modes': 'replicated global replicated-job global-job',
  'endpoint-modes': 'vip dnsrr',
  'update-orders': 'start-first stop-first',
  'update-failure-actions': 'pause continue rollback',
  'rollback-failure-actions': 'pause continue',
  'log-levels': 'debug info warn error fatal panic',
  streams: 'stderr stdin stdout',
  'cgroup-namespaces': 'host private',
  'host-namespace': 'host',
  'build-progress': 'auto none plain quiet rawjson tty',
  'build-calls': 'build check outline targets',
  'build-entitlements': 'network.host security.insecure device buildx.local.delete',
  'build-provenance': 'true false mode=min mode=max',
  'build-switch': 'true false',
} as const

/** The fields of comma-separated values, each with the values that are known. */
export const commaFields = {
  mounts: {
    'type=': 'bind cluster image npipe tmpfs volume',
    'source=': '',
    'target=': '',
    readonly: '',
    'bind-propagation=': '',
    'volume-opt=': '',
    'tmpfs-size=': '',
  },
  'build-outputs': {
    'type=': 'cacheonly docker image local oci registry tar',
    'dest=': '',
    'name=': '',
    'push=': 'true false',
    'compression=': 'estargz gzip uncompressed zstd',
    'rewrite-timestamp=': 'true false',
  },
  'build-cache-to': {
    'type=': 'azblob gha inline local registry s3',
    'ref=': '',
    'dest=': '',
    'mode=': 'max min',
    'compression=': 'estargz gzip uncompressed zstd',
  },
  'build-secrets': { 'id=': '', 'src=': '', 'env=': '', 'type=': 'env file' },
  'build-attestations': { 'type=': 'provenance sbom', 'mode=': 'max min', 'disabled=': 'true false' },
} as const

/** The beginnings of composite values: a name each, `=` comes after it. */
export const keys = {
  ulimits:
    'as chroot core cpu data fsize locks maxlogins maxsyslogins memlock msgqueue nice nofile nproc priority rss rtprio sigpending stack',
  'storage-options': 'size',
} as const

/** The same of a cache that is no image. */
export const cacheSources = { 'type=': 'azblob gha local registry s3', 'ref=': '', 'src=': '' }

/** The options of each logging driver. */
export const logOptions: Readonly<Record<string, string>> = {
  awslogs:
    'max-buffer-size mode awslogs-create-group awslogs-credentials-endpoint awslogs-datetime-format awslogs-group awslogs-multiline-pattern awslogs-region awslogs-stream tag',
  fluentd:
    'max-buffer-size mode env env-regex labels fluentd-address fluentd-async fluentd-buffer-limit fluentd-request-ack fluentd-retry-wait fluentd-max-retries fluentd-sub-second-precision fluentd-write-timeout tag',
  gcplogs: 'max-buffer-size mode env env-regex labels gcp-log-cmd gcp-meta-id gcp-meta-name gcp-meta-zone gcp-project',
  gelf: 'max-buffer-size mode env env-regex labels gelf-address gelf-compression-level gelf-compression-type gelf-tcp-max-reconnect gelf-tcp-reconnect-delay tag',
  journald: 'max-buffer-size mode env env-regex labels tag',
  'json-file': 'max-buffer-size mode env env-regex labels compress max-file max-size',
  local: 'max-buffer-size mode compress max-file max-size',
  none: '',
  splunk:
    'max-buffer-size mode env env-regex labels splunk-caname splunk-capath splunk-format splunk-gzip splunk-gzip-level splunk-index splunk-insecureskipverify splunk-source splunk-sourcetype splunk-token splunk-url splunk-verify-connection tag',
  syslog:
    'max-buffer-size mode env env-regex labels syslog-address syslog-facility syslog-format syslog-tls-ca-cert syslog-tls-cert syslog-tls-key syslog-tls-skip-verify tag',
}

/** What happens to objects, as `events --filter event=` takes it. */
export const eventActions =
  'create start restart stop checkpoint pause unpause attach detach resize update rename kill die oom destroy remove commit top copy archive-path extract-to-dir export import save load tag untag push pull prune delete enable disable connect disconnect reload mount unmount exec_create exec_start exec_die exec_detach health_status'

/** What has events. */
export const eventTypes = 'builder config container daemon image network node plugin secret service volume'
