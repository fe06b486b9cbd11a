/**
 * The agent: our one process inside a host. It serves requests on stdin until end-of-file, which
 * is also how the harness's death reaches it.
 */
import { monotonic } from '../sys/clock.ts';
import { Host } from './host.ts';
import { readLines } from './lines.ts';
import type { FromAgent, Reply, Request } from './protocol.ts';
import { toldBy } from '../told.ts';

const send = (message: FromAgent): void => {
  process.stdout.write(`${JSON.stringify(message)}\n`);
};

const host = new Host(send);

async function answer(request: Request): Promise<Reply> {
  try {
    const operation = host[request.op].bind(host) as (args: unknown) => unknown;
    const value = await operation(request.args);
    return { id: request.id, ok: true, value: value ?? null, t: monotonic().toString() };
  } catch (error) {
    const { code = 'AGENT' } = error as Error & { code?: string };
    const said = { code, message: toldBy(error) };
    return { id: request.id, ok: false, error: said, t: monotonic().toString() };
  }
}

const requests = readLines(process.stdin, (line) => {
  void answer(JSON.parse(line) as Request).then(send);
});
void requests.then(() => {
  // Leaving is enough: programs and tcpdump die with their parent, the namespace with its last process.
  process.exit(0);
});
// Only the harness ends an agent; a Ctrl-C at the terminal reaches the harness, which then tidies up.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);
process.stdout.on('error', () => process.exit(0));
