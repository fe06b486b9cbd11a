import type Docker from 'dockerode';
import { addAbortSignal, PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { withDeadline } from '../deadline.ts';
import { reasonOf } from './docker-progress.ts';
import { gone, LIMITS, OWNER_LABEL } from './docker-container.ts';
import { connect } from './docker-client.ts';
import { reapDead } from './docker.ts';
import { BackendError } from './errors.ts';
import { ensureImage } from './image.ts';
import { formatOwner, thisProcess } from './owner.ts';
import { watchOver } from './watchdog.ts';
import { told } from '../told.ts';

/** Milliseconds; none of the commands that are run so has anything to wait for. */
const ENDS_WITHIN = 30_000;

/** A container that removes itself cannot be asked how its command ended: the shell says it last. */
const WITH_STATUS = '"$@"; echo "exit $?"';

/**
 * Runs a command of our image in the network of the machine that Docker's daemon runs on (with
 * Docker Desktop: its virtual machine), without any capability, and returns what it printed.
 * @param progress is told what takes long (an image build), a line at a time
 * @param signal aborted: the container is removed, and it rejects
 * @throws BackendError, ImageError
 */
export async function runOnDockersMachine(
  argv: readonly string[],
  progress: (line: string) => void,
  signal: AbortSignal,
): Promise<string> {
  const { docker: client, isInDoubt } = connect({ signal });
  const [image] = await Promise.all([ensureImage(client, progress, signal), reapDead(client)]);
  signal.throwIfAborted();
  const over = watchOver();
  let container: Docker.Container | undefined;
  try {
    container = await create(client, image, argv);
    signal.throwIfAborted();
    const output = outputOf(client, container, signal);
    const what = told("{command} on Docker's machine to end", { command: argv[0] ?? '' });
    return printedBy(argv, await withDeadline(what, ENDS_WITHIN, output));
  } catch (cause) {
    signal.throwIfAborted();
    if (cause instanceof BackendError) throw cause;
    throw new BackendError(told('Docker: {why}', { why: reasonOf(cause) }), { cause });
  } finally {
    if (container !== undefined) await gone(container.remove({ force: true }));
    if (!isInDoubt()) over();
  }
}

function create(client: Docker, image: string, argv: readonly string[]): Promise<Docker.Container> {
  return client.createContainer({
    Image: image,
    Cmd: ['sh', '-c', WITH_STATUS, 'socket-lab', ...argv],
    Env: ['LC_ALL=C'],
    User: 'nobody',
    Labels: { [OWNER_LABEL]: formatOwner(thisProcess()) },
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      AutoRemove: true,
      NetworkMode: 'host',
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      ...LIMITS,
    },
  });
}

interface Output {
  stdout: string;
  stderr: string;
}

async function outputOf(
  client: Docker,
  container: Docker.Container,
  signal: AbortSignal,
): Promise<Output> {
  const stream = await container.attach({ stream: true, stdout: true, stderr: true });
  const stdout = addAbortSignal(signal, new PassThrough());
  const stderr = addAbortSignal(signal, new PassThrough());
  client.modem.demuxStream(stream, stdout, stderr);
  stream.once('close', () => {
    stdout.end();
    stderr.end();
  });
  const [said, complained] = await Promise.all([text(stdout), text(stderr), container.start()]);
  return { stdout: said, stderr: complained };
}

function printedBy(argv: readonly string[], { stdout, stderr }: Output): string {
  const [, printed, status] = /^([^]*)exit (\d+)\n$/.exec(stdout) ?? [];
  if (printed !== undefined && status === '0') return printed;
  const how = status === undefined ? told('cut short') : told('exit status {n}', { n: status });
  const reason = stderr.trim().split('\n')[0] ?? '';
  const params = { command: argv.join(' '), why: reason === '' ? how : reason };
  throw new BackendError(told("{command} on Docker's machine: {why}", params));
}
