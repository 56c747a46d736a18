# PowerShell completion for docket: docket completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName 'docket' -ScriptBlock {
    param($word, $commandAst, $cursor)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($word -eq '') { $words += '' }
    $answer = @(& 'docket' __complete @words 2>$null)
    if ($answer -match '^:[02]$') { [System.Management.Automation.CompletionCompleters]::CompleteFilename($word) }
    $answer | Where-Object { $_ -notmatch '^:\d+$' } | ForEach-Object {
        $name, $summary = $_ -split "`t", 2
        if (-not $summary) { $summary = $name }
        [System.Management.Automation.CompletionResult]::new($name, $name, 'ParameterValue', $summary)
    }
}
