# PowerShell completion for docket: docket completion powershell | Out-String | Invoke-Expression

Register-ArgumentCompleter -Native -CommandName 'docket' -ScriptBlock {
    param($word, $commandAst, $cursor)
    $words = @($commandAst.CommandElements | Select-Object -Skip 1 | ForEach-Object { $_.ToString() })
    if ($word -eq '') { $words += '' }
    # The value of --flag=value comes without the flag. PowerShell offers files where there is nothing else.
    $flag = if ($word -match '^--[^=]+=') { $Matches[0] } else { '' }
    & 'docket' __complete @words 2>$null | Where-Object { $_ -notmatch '^:\d+$' } | ForEach-Object {
        $name, $summary = $_ -split "`t", 2
        if (-not $summary) { $summary = $name }
        [System.Management.Automation.CompletionResult]::new("$flag$name", $name, 'ParameterValue', $summary)
    }
}
