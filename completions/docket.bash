# bash completion for docket: `source <(docket completion bash)`

_docket_complete() {
  local line words reply=() directive=0
  # The shell splits words at : and =; docket wants them whole.
  if declare -F _get_comp_words_by_ref >/dev/null; then
    local cur prev cword
    _get_comp_words_by_ref -n '=:' cur prev words cword
    words=("${words[@]:1:cword}")
  else
    words=("${COMP_WORDS[@]:1:COMP_CWORD}")
  fi
  while IFS= read -r line; do
    case $line in
      :[0-9]*) directive=${line#:} ;;
      *) reply+=("${line%%$'\t'*}") ;;
    esac
  done < <("${COMP_WORDS[0]}" __completeNoDesc "${words[@]}" 2>/dev/null)
  COMPREPLY=("${reply[@]}")
  if declare -F __ltrim_colon_completions >/dev/null; then
    __ltrim_colon_completions "${words[${#words[@]} - 1]}"
  fi
  if ((!(directive & 4) && ${#reply[@]} == 0)); then
    compopt -o default 2>/dev/null
  fi
}

complete -F _docket_complete docket
