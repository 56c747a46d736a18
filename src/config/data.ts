/** A registry's credentials: how the API wants them, and how they are held once read. */
export interface AuthConfig {
  username?: string
  password?: string
  /** User and password in base64; set only where config.json could not be read to its end. */
  auth?: string
  serveraddress?: string
  /** Stands for the user; got from a registry in exchange for a password. */
  identitytoken?: string
  /** A bearer token for the registry itself. */
  registrytoken?: string
}

/** Proxies that containers and builds get in their environment. */
export interface ProxyConfig {
  httpProxy?: string
  httpsProxy?: string
  noProxy?: string
  ftpProxy?: string
  allProxy?: string
}

/** The keys of config.json that this client reads (docker/cli cli/config/configfile/file.go); others are kept in the file. */
export interface ConfigData {
  auths?: Record<string, AuthConfig>
  HttpHeaders?: Record<string, string>
  psFormat?: string
  imagesFormat?: string
  networksFormat?: string
  pluginsFormat?: string
  volumesFormat?: string
  statsFormat?: string
  detachKeys?: string
  credsStore?: string
  credHelpers?: Record<string, string>
  serviceInspectFormat?: string
  servicesFormat?: string
  tasksFormat?: string
  secretFormat?: string
  configFormat?: string
  nodesFormat?: string
  pruneFilters?: string[]
  proxies?: Record<string, ProxyConfig>
  currentContext?: string
  cliPluginsExtraDirs?: string[]
  plugins?: Record<string, Record<string, string>>
  aliases?: Record<string, string>
  features?: Record<string, string>
}
