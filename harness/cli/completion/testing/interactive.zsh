# Sourced by the interactive zsh of complete.zsh. \1 and \2 stand around what was offered.
PROMPT=
autoload -Uz compinit
compinit -D -u
source $1
bindkey '^I' complete-word
setopt no_list_beep
before_offers() { print -rn $'\1' }
after_offers() { print -rn $'\2' }
compprefuncs=(before_offers)
comppostfuncs=(after_offers)
compadd() {
  # What is only asked for (-O, -A, -D) is not offered.
  if [[ ${@[1,(i)(-|--)]} != *-[OAD]\ * ]]; then
    local -a offered
    builtin compadd -O offered "$@"
    (( $#offered )) && print -rl -- '' $offered
  fi
  builtin compadd "$@"
}
print READY
