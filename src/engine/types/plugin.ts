/** An engine's plugin, as far as this client looks into it. */
export interface Plugin {
  Id?: string
  Name: string
  Enabled: boolean
  PluginReference?: string
  Config: { Description: string }
}

/** What a plugin wants to be allowed. */
export interface PluginPrivilege {
  Name: string
  Description: string
  Value: string[] | null
}
