# bash complete.bash SCRIPT LINE: prints what Tab offers behind LINE, one word a line.
source "$1"
# Readline's words: "=" is one of its own (COMP_WORDBREAKS).
read -ra COMP_WORDS <<< "${2//=/ = }"
[[ $2 != *' ' ]] || COMP_WORDS+=('')
COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
# As `complete` has it registered.
"$(complete -p socket-lab | sed 's/.*-F \([^ ]*\).*/\1/')"
printf '%s\n' "${COMPREPLY[@]}"
