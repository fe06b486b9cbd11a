import type { Finding } from './finding.ts';
import { tryCommand } from './try-command.ts';

/** Mounted for this command alone where it is not mounted yet, as the tracer does it. */
const SCRIPT = `
cd /sys/kernel/tracing || exit
test -d instances || mount -t tracefs tracefs /sys/kernel/tracing || exit
cat /sys/kernel/tracing/events/sock/inet_sock_set_state/enable`;

/** Can the kernel's own witness be heard? Labs run without it, too. */
export async function checkTracepoint(): Promise<Finding> {
  const name = 'tracepoint';
  if (process.getuid?.() !== 0) {
    const text = 'only root may read tracefs (labs run without)';
    return { name, ok: false, text, fix: 'run as root to have the third witness' };
  }
  const { ok, text } = await tryCommand('unshare', '--mount', '--', 'sh', '-c', SCRIPT);
  if (ok) return { name, ok, text: 'sock:inet_sock_set_state is readable' };
  return {
    name,
    ok,
    text: `${text} (labs run without)`,
    fix: 'a kernel with CONFIG_FTRACE, and tracefs',
  };
}
