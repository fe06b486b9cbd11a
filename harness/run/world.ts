import { randomBytes } from 'node:crypto';
import pMemoize from 'p-memoize';
import type { HostHandle, Pair } from '../backend/backend.ts';
import { thisProcess } from '../backend/owner.ts';
import { withDeadline } from '../deadline.ts';
import { HOSTS, type HostName } from '../evidence/events.ts';
import type { Stream } from '../evidence/stream.ts';
import { clockOffset, RunClock, type Exchange } from '../witness/clock.ts';
import type { Capture } from '../witness/capture.ts';
import { WitnessError } from '../witness/error.ts';
import { ReportDecoder } from '../witness/report-decoder.ts';
import { NoTracepoint, trace } from '../witness/tracepoint.ts';
import type { HostFacts } from '../vocabulary/session.ts';
import { WALKED_IF_KNOWN } from './sysctls.ts';
import { told, ToldError, type Told } from '../told.ts';

type PerHost<T> = { readonly [host in HostName]: T };

/** Both hosts set up and watched: the world of one live run. */
export interface World {
  hosts: PerHost<HostHandle>;
  facts: PerHost<HostFacts>;
  /** Nanoseconds since the run began, now. */
  now(): number;
  /** Resolves when everything that had happened before is in the stream. */
  sync(): Promise<void>;
  /** Ends the captures, complete. */
  stop(): Promise<void>;
  /** Ends what watches from outside the hosts, whose own end is the backend's. Idempotent. */
  close(): Promise<void>;
}

/** Where what the witnesses see is written down. */
export interface Recording {
  stream: Stream;
  captures: PerHost<Capture>;
}

/** What a lab wants of the kernel's world. */
export interface Pinned {
  sysctls: PerHost<Record<string, string>>;
  /** Shortest retransmission timeout between the hosts (ip-route(8) `rto_min`); the kernel's is 0.2 s. */
  rtoMin?: string;
  /** What a host sends to itself is captured as well. */
  loopback?: boolean;
  /** What the hosts send waits until somebody lets it go (walk/walk.ts). */
  walked?: boolean;
}

/** Milliseconds from a marker's sending to its being seen: an instant, on a busy machine a second. */
const MARKED_WITHIN = 20_000;

/**
 * Sets up both hosts as `pinned` says, and lets no lab begin before every witness has been seen to see.
 * @param signal aborted: what watches from outside the hosts is ended at once, and it rejects when
 *   the hosts have ended, too
 */
export async function setUp(
  pair: Pair,
  { sysctls, rtoMin, loopback = false, walked = false }: Pinned,
  { stream, captures }: Recording,
  onTrouble: (error: Error) => void,
  signal = new AbortController().signal,
): Promise<World> {
  const { hosts, toolbox } = pair;
  const offset = await offsetOf(hosts.server);
  const clock = new RunClock(process.hrtime.bigint() + offset);
  const now = (): number => clock.at(process.hrtime.bigint() + offset);

  const facts = await each((name) => {
    const { agent, interface: dev, address } = hosts[name];
    return agent.call('configure', {
      interface: dev,
      address,
      sysctls: sysctls[name],
      ifKnown: walked ? WALKED_IF_KNOWN : {},
    });
  });
  const routes = await each((name) => {
    const { address, mac } = facts[otherOf(name)];
    return hosts[name].agent.call('peer', { address, mac, ...(rtoMin && { rtoMin }) });
  });
  const tools = await toolsOf(toolbox, hosts.server);
  for (const name of HOSTS) {
    const kernel = hosts[name].hello.kernel;
    const about = { kernel, tools, ...facts[name], ...routes[name] };
    stream.append(now(), { type: 'host', host: name, ...about });
  }

  const decoders = perHost(
    (host) => new ReportDecoder({ host, mac: facts[host].mac }, clock, stream, captures[host]),
  );
  for (const name of HOSTS) {
    hosts[name].agent.listen((notice) => {
      try {
        decoders[name].receive(notice);
      } catch (error) {
        onTrouble(error as Error);
      }
    });
  }
  const traced = perHost((name) => ({
    address: facts[name].address,
    netns: hosts[name].hello.netns,
  }));
  const bootId = hosts.server.hello.bootId;
  const over = new AbortController();
  const lifetime = { onLost: onTrouble, signal: AbortSignal.any([signal, over.signal]) };
  const tracing = trace(traced, bootId, clock, stream, lifetime).catch((error: unknown) => {
    if (!(error instanceof NoTracepoint)) throw error;
    const remark = told("the kernel's tracepoint is not read: {why}", { why: error.told });
    stream.append(now(), { type: 'note', absent: 'tracepoint', ...remark });
    return undefined;
  });
  // It may fail while something else is still waited for, and is asked only then.
  tracing.catch(() => undefined);
  // What was started is ended also when its neighbour could not be.
  const close = async (): Promise<void> => {
    over.abort();
    const tracepoint = await tracing.catch(() => undefined);
    await tracepoint?.stop();
  };
  const mark = (): Promise<void> => markCaptures(hosts, facts, stream);
  try {
    await each((name) => hosts[name].agent.call('capture', { loopback }));
    // A first look, at no sockets yet, so that what the lab makes is seen to come into being.
    const look = each((name) => hosts[name].agent.call('sample', {}));
    await Promise.all([tracing, look, mark()]);
    if (walked) {
      await each((name) => hosts[name].agent.call('hold', {}));
      const remark = told('somebody walks through it: segments wait');
      stream.append(now(), { type: 'note', ...remark });
    }
  } catch (error) {
    await close();
    throw error;
  }

  const sync = async (): Promise<void> => {
    const tracepoint = await tracing;
    await Promise.all([mark(), tracepoint?.sync()]);
  };
  return {
    hosts,
    facts,
    now,
    sync,
    close,
    stop: async () => {
      await sync();
      for (const name of HOSTS) decoders[name].close();
      await Promise.all([each((name) => stopCapture(hosts[name], name)), close()]);
    },
  };
}

/** Asked once for every toolbox: what five tools say of themselves is a tenth of what a short lab takes. */
const toolsOf = pMemoize((_toolbox: string, { agent }: HostHandle) => agent.call('tools', {}));

/** Sends a marker from each host and waits until both captures show both. */
async function markCaptures(
  hosts: PerHost<HostHandle>,
  facts: PerHost<HostFacts>,
  stream: Stream,
): Promise<void> {
  const nonces = perHost(() => randomBytes(6).toString('hex'));
  const missing = new Set(HOSTS.flatMap((at) => HOSTS.map((from) => `${at} ${nonces[from]}`)));
  const seen = new Promise<void>((resolve) => {
    const forget = stream.listen((event) => {
      if (event.type !== 'marker') return;
      missing.delete(`${event.host} ${event.nonce}`);
      if (missing.size > 0) return;
      forget();
      resolve();
    });
  });
  const unseen = (): Told => {
    const at = HOSTS.filter((name) => [...missing].some((mark) => mark.startsWith(name)));
    return at.length > 1
      ? told('tcpdump at the server and the client to show a marker')
      : told('tcpdump at the {host} to show a marker', { host: told(at[0] ?? 'server') });
  };
  await each((name) =>
    hosts[name].agent.call('marker', { nonce: nonces[name], mac: facts[otherOf(name)].mac }),
  );
  const died = HOSTS.map(async (name) => {
    await hosts[name].agent.ended;
    throw new ToldError(told('the {host} died', { host: told(name) }));
  });
  await withDeadline(unseen, MARKED_WITHIN, Promise.race([seen, ...died]));
}

async function stopCapture({ agent }: HostHandle, name: HostName): Promise<void> {
  const { dropped } = await agent.call('stopCapture', {});
  const params = { host: told(name), n: dropped };
  if (dropped > 0) throw new WitnessError(told('tcpdump at the {host} lost {n} packets', params));
}

/** Their clock minus ours; on one and the same kernel there is but one clock. */
async function offsetOf({ agent, hello }: HostHandle): Promise<bigint> {
  if (hello.bootId === thisProcess().bootId) return 0n;
  const exchanges: Exchange[] = [];
  for (let i = 0; i < 5; i++) {
    const sent = process.hrtime.bigint();
    const { now } = await agent.call('hello', {});
    exchanges.push({ sent, theirs: BigInt(now), received: process.hrtime.bigint() });
  }
  return clockOffset(exchanges);
}

const otherOf = (host: HostName): HostName => (host === 'server' ? 'client' : 'server');

const perHost = <T>(make: (host: HostName) => T): PerHost<T> => ({
  server: make('server'),
  client: make('client'),
});

async function each<T>(work: (host: HostName) => Promise<T>): Promise<PerHost<T>> {
  const [server, client] = await Promise.all([work('server'), work('client')]);
  return { server, client };
}
