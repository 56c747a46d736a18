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
  # readline replaces only what follows the last of its word breaks: a flag's value, and what comes behind = and :.
  local typed=${words[${#words[@]} - 1]} char part i
  [[ $typed == --*=* ]] && typed=${typed#*=}
  for char in : =; do
    [[ $typed == *"$char"* && $COMP_WORDBREAKS == *"$char"* ]] || continue
    part=${typed%"${typed##*"$char"}"}
    for i in "${!COMPREPLY[@]}"; do COMPREPLY[i]=${COMPREPLY[i]#"$part"}; done
    typed=${typed#"$part"}
  done
  if ((directive & 2)); then
    compopt -o nospace 2>/dev/null
  fi
  if ((!(directive & 4) && ${#reply[@]} == 0)); then
    compopt -o default 2>/dev/null
  fi
}

complete -F _docket_complete docket
