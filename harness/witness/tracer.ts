/**
 * Told on the tracer's stdin, a line at a time: it goes into the trace. At the end the reader ends, and
 * the tracer, if somebody has stopped it, goes on.
 */
const MARK = `while read -r mark; do printf %s "$mark" > "$1"; done; kill -KILL "$2"; kill -CONT "$3"`;

/** In a mount namespace of its own. */
const TRACEFS = `set -e
tracefs=/sys/kernel/tracing
[ -d $tracefs/instances ] || mount -t tracefs tracefs $tracefs`;

/** Removes the instance with the name that is its argument: that of a tracer which was killed. */
export const REMOVE = `${TRACEFS}
instance=$tracefs/instances/socket-lab-$1
# A reader that was killed may yet have to let go of it.
while [ -d "$instance" ]; do rmdir "$instance" 2>/dev/null || sleep 0.05; done
`;

/**
 * The kernel's own witness, a process of its own: a private tracefs instance with the tracepoint
 * sock:inet_sock_set_state (Documentation/trace/ftrace.rst). Arguments of this script for sh(1): the
 * instance's name, which begins with the process that owns it (its number and its start time, of
 * proc_pid_stat(5)), and the filter. It runs in a mount namespace of its own and prints trace lines;
 * on end-of-file of stdin, which is also how the harness's death reaches it, it removes the instance
 * and leaves.
 */
export const TRACER = `${TRACEFS}

start_time() {
  read -r stat < "/proc/$1/stat" || return
  set -- \${stat##*) }
  echo "\${20}"
} 2>/dev/null

# Instances that a tracer which was killed left behind: its owner is gone.
for left in $tracefs/instances/socket-lab-*; do
  owner=\${left##*/socket-lab-} since=\${left#*-lab-*-}
  [ ! -d "$left" ] || [ "$(start_time "\${owner%%-*}")" = "\${since%%-*}" ] ||
    rmdir "$left" 2>/dev/null || : # another start was quicker
done

trap '' INT HUP TERM PIPE
instance=$tracefs/instances/socket-lab-$1
event=$instance/events/sock/inet_sock_set_state
mkdir "$instance"
echo mono > "$instance/trace_clock"
echo "$2" > "$event/filter"
echo 1 > "$event/enable"
[ ! -e "$instance/buffer_percent" ] || echo 0 > "$instance/buffer_percent"

# An instance can only be removed when nobody reads it any more: a reader that can be killed.
exec 3<&0
setpriv --pdeathsig KILL cat "$instance/trace_pipe" & reader=$!
setpriv --pdeathsig KILL sh -c '${MARK}' sh "$instance/trace_marker" $reader $$ <&3 3<&- &
exec 3<&-
wait $reader || :
rmdir "$instance"
`;
