# fish completion for docket: `docket completion fish | source`

function __docket_words
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l lines ($words[1] __complete $words[2..] "$current" 2>/dev/null)
    set -l directive (string match -r '^:[0-9]+$' -- $lines | string sub -s 2)
    set lines (string match -rv '^:[0-9]+$' -- $lines)
    # The value of --flag=value comes without the flag.
    set -l flag (string match -r -- '^--[^=]+=' "$current")
    if test (count $lines) -gt 0
        printf '%s\n' "$flag"$lines
    else if test "$directive" = 16
        __fish_complete_directories "$current"
    else if test "$directive" = 0 -o "$directive" = 2
        __fish_complete_path "$current"
    end
end

complete -c docket -f -a '(__docket_words)'
