# fish completion for docket: `docket completion fish | source`

function __docket_words
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l answer ($words[1] __complete $words[2..] "$current" 2>/dev/null)
    string match -rv '^:[0-9]+$' -- $answer
    if contains -- :0 $answer; or contains -- :2 $answer
        __fish_complete_path "$current"
    end
end

complete -c docket -f -a '(__docket_words)'
