# zsh -f complete.zsh SCRIPT LINE: prints what Tab offers behind LINE, one word a line.
# An interactive zsh runs on a terminal of its own; there compadd, by which all completions come,
# also prints what it is given.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "source ${0:A:h}/interactive.zsh ${(q)1}"
zpty -r shell line '*READY*'
zpty -n -w shell "$2"$'\t'
zpty -r shell line $'*\1*\2'
print -r -- ${${line##*$'\1'}%$'\2'}
zpty -d shell
