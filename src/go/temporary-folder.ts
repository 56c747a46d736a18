/** The folder for temporary files (Go os.TempDir). */
export function temporaryFolder(env: Readonly<Record<string, string | undefined>>): string {
  return env['TMPDIR'] || '/tmp'
}
