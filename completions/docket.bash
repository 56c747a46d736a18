# bash completion for docket: `source <(docket completion bash)`

_docket_complete() {
  local line words current reply=() directive=0
  # The shell splits words at : and =; docket wants them whole.
  if declare -F _get_comp_words_by_ref >/dev/null; then
    local cur prev cword
    _get_comp_words_by_ref -n '=:' cur prev words cword
    words=("${words[@]:1:cword}")
  else
    read -ra words <<<"${COMP_LINE:0:COMP_POINT}"
    words=("${words[@]:1}")
    [[ ${COMP_LINE:0:COMP_POINT} == *[[:space:]] ]] && words+=('')
  fi
  while IFS= read -r line; do
    case $line in
      :[0-9]*) directive=${line#:} ;;
      *) reply+=("${line%%$'\t'*}") ;;
    esac
  done < <("${COMP_WORDS[0]}" __completeNoDesc "${words[@]}" 2>/dev/null)
  # What is replaced begins after the last : or = where those end words; the value of --flag=value stands alone already.
  current=${words[${#words[@]} - 1]}
  [[ $current == --*=* ]] && current=${current#*=}
  if [[ $current == *:* && $COMP_WORDBREAKS == *:* || $current == *=* && $COMP_WORDBREAKS == *=* ]]; then
    local begun=${current%"${current##*[:=]}"}
    reply=("${reply[@]#"$begun"}")
  fi
  COMPREPLY=("${reply[@]}")
  ((directive & 2)) && compopt -o nospace 2>/dev/null
  if ((${#reply[@]} == 0)); then
    if ((directive & 16)); then
      compopt -o dirnames 2>/dev/null
    elif ((!(directive & 5))); then
      compopt -o default 2>/dev/null
    fi
  fi
}

complete -F _docket_complete docket
