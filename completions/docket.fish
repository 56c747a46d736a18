# fish completion for docket: `docket completion fish | source`

function __docket_words
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    $words[1] __complete $words[2..] "$current" 2>/dev/null | string match -rv '^:[0-9]+$'
end

complete -c docket -f -a '(__docket_words)'
