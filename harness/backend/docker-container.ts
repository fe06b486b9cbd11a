import type Docker from 'dockerode';
import { PassThrough, type Readable } from 'node:stream';
import { formatOwner, thisProcess } from './owner.ts';

/** On every container of ours: the process that made it. */
export const OWNER_LABEL = 'socket-lab.owner';

/** Enough for any program under test, and an end to a runaway. */
export const LIMITS = { Memory: 512 << 20, MemorySwap: 512 << 20, PidsLimit: 512 };

export interface ContainerSpec {
  image: string;
  command: string[];
  hostname?: string;
  sysctls?: Record<string, string>;
  /** All that it has; Docker gives more by default. */
  capabilities: string[];
  /** It sees the processes of the machine that Docker runs on. */
  seesAll?: boolean;
}

/** A container that ends, and is gone, with whoever is attached to its stdin. */
export const createContainer = (client: Docker, spec: ContainerSpec): Promise<Docker.Container> =>
  client.createContainer({
    Image: spec.image,
    ...(spec.hostname === undefined ? {} : { Hostname: spec.hostname }),
    Cmd: spec.command,
    // No way out: neither the Internet nor other networks of this daemon. It has a network namespace
    // all the same, which the daemon leaves alone (with NetworkMode `none` it starts two copies of
    // itself for it).
    NetworkDisabled: true,
    Labels: { [OWNER_LABEL]: formatOwner(thisProcess()) },
    // When the harness dies, however it dies, what runs there reads end-of-file.
    OpenStdin: true,
    StdinOnce: true,
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    HostConfig: {
      AutoRemove: true,
      // Where a daemon gives containers users of their own, only one without may see all.
      ...(spec.seesAll === true ? { PidMode: 'host', UsernsMode: 'host' } : {}),
      CapDrop: ['ALL'],
      CapAdd: spec.capabilities,
      SecurityOpt: ['no-new-privileges'],
      Sysctls: spec.sysctls ?? {},
      // What it says is for us alone; the daemon would keep all of it in a file.
      LogConfig: { Type: 'none', Config: {} },
      ...LIMITS,
    },
  });

export interface Attached {
  stdin: NodeJS.ReadWriteStream;
  stdout: Readable;
  /** The end of what it has written on stderr. */
  lastWords: () => string;
}

export async function attach(client: Docker, container: Docker.Container): Promise<Attached> {
  const stdin = await container.attach({
    stream: true,
    hijack: true,
    stdin: true,
    stdout: true,
    stderr: true,
  });
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  client.modem.demuxStream(stdin, stdout, stderr);
  let said = '';
  stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4096);
  });
  for (const event of ['close', 'end']) stdin.on(event, () => stdout.end());
  return { stdin, stdout, lastWords: () => said };
}

/** It is gone or about to be: that is all that was wanted. */
export async function gone(removal: Promise<unknown>): Promise<void> {
  try {
    await removal;
  } catch (error) {
    const { statusCode } = error as { statusCode?: number };
    // 404 no such thing; 409 its removal is in progress already.
    if (statusCode !== 404 && statusCode !== 409) throw error;
  }
}
