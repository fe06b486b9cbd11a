# fish complete.fish SCRIPT LINE: prints what Tab offers behind LINE, one word a line.
source $argv[1]
complete -C $argv[2]
