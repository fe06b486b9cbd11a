import type { ArgsOf } from '../evidence/actions.ts';
import { HOSTS, type HostName } from '../evidence/events.ts';
import { waits } from '../expect/segments/waits.ts';
import { flowOf, other, type Connection } from '../history/connection.ts';
import { parseInjected } from '../tcp/frame/injected.ts';
import { synSchedule, type SynSchedule } from '../tcp/states/syn-schedule.ts';
import { argumentsFor, PORT, Starting, type ProgramName, type ProgramOptions } from './program.ts';
import type { Lines } from './lines.ts';
import type { Session } from './session.ts';
import { SocketShell } from './socket-shell.ts';
import { milliseconds } from './within.ts';

/** What can be expected something of, beside programs. */
export type Subject =
  | { kind: 'end'; host: HostName; connection: Connection }
  | { kind: 'listener'; host: HostName; port: number }
  | { kind: 'sockets'; host: HostName; port?: number }
  | { kind: 'counter'; host: HostName; name: string }
  | { kind: 'netstat'; host: HostName; port?: number };

/** One of the two hosts, as labs speak of it. */
export class Side {
  readonly kind = 'side';
  readonly host: HostName;
  readonly #session: Session;
  readonly #nextProgram: () => number;

  constructor(session: Session, host: HostName, nextProgram: () => number) {
    this.#session = session;
    this.host = host;
    this.#nextProgram = nextProgram;
  }

  /**
   * Its IPv4 address on the link.
   * @example const { address } = server;
   */
  get address(): string {
    return this.#session.facts[this.host].address;
  }

  /**
   * The value of a sysctl in this host; undefined where the kernel does not know it.
   * @example const retries = Number(client.sysctl('net.ipv4.tcp_syn_retries'));
   */
  sysctl(name: string): string | undefined {
    return this.#session.facts[this.host].sysctls[name];
  }

  /**
   * When this host sends a SYN again that nobody answers, by its own sysctls, in seconds.
   * @example const { gaps, sent } = client.synSchedule;
   */
  get synSchedule(): SynSchedule {
    return synSchedule({
      retries: Number(this.sysctl('net.ipv4.tcp_syn_retries')),
      linearTimeouts: Number(this.sysctl('net.ipv4.tcp_syn_linear_timeouts') ?? 0),
      rtoMax: Number(this.sysctl('net.ipv4.tcp_rto_max_ms') ?? 120_000) / 1000,
    });
  }

  /**
   * Starts a program of ours. Awaited, it is up: it listens, or runs (`PROGRAMS`). Its address is the
   * server's unless said otherwise, its port 6000.
   * @example const ser = await server.run('echo-server', { port: 7000, reuseAddr: true });
   */
  run(name: ProgramName, options: ProgramOptions = {}): Starting {
    const address = options.address ?? this.#session.facts.server.address;
    const port = options.port ?? PORT;
    const ref = { host: this.host, program: this.#nextProgram(), name };
    const args = argumentsFor({ ...options, address, port });
    return new Starting(this.#session, ref, { port, args });
  }

  /**
   * Starts a socket shell, in which socket calls are typed one at a time, and types those of the script.
   * @example
   * const shell = await client.shell(`
   *   socket                = 3
   *   connect 3 server:6000 = 0
   * `);
   */
  async shell(script: Lines = ''): Promise<SocketShell> {
    const ref = { host: this.host, program: this.#nextProgram(), name: 'socket-shell' } as const;
    const program = await new Starting(this.#session, ref).running();
    const shell = new SocketShell(this.#session, program);
    await shell.does(script);
    return shell;
  }

  /**
   * Changes the link's MTU, octets, at this end: of what it sends, and of what it advertises.
   * @example await client.setMtu(1400);
   */
  async setMtu(octets: number): Promise<void> {
    await this.#session.perform('mtu', this.host, { octets });
  }

  /**
   * Sends the other end of `connection` a segment that this host's kernel would not send, as though
   * it came from this end: `S seq=1000 mss=1460`, `R seq=${y + 1}`, `P. seq=7 ack=9 "hello"`
   * (harness/tcp/frame/injected.ts). It goes out at once, also when the wire is held.
   * @example await client.inject(conn, 'R seq=1000');
   * @throws InjectError when the text is no segment; nothing was sent then
   */
  async inject(connection: Connection, segment: string): Promise<void> {
    parseInjected(segment);
    await this.#session.perform('inject', this.host, {
      from: { ...connection[this.host] },
      to: { ...connection[other(this.host)] },
      segment,
    });
  }

  /**
   * Its end of a connection, for `expect`.
   * @example await expect(server.end(conn)).toBeIn('CLOSE-WAIT');
   */
  end(connection: Connection): Subject & { kind: 'end' } {
    return { kind: 'end', host: this.host, connection };
  }

  /**
   * Its listening socket, for `expect`.
   * @example await expect(server.listener(7000)).toBeListening();
   */
  listener(port = PORT): Subject & { kind: 'listener' } {
    return { kind: 'listener', host: this.host, port };
  }

  /**
   * All its TCP sockets, or those that have this port at one end, for `expect`.
   * @example await expect(client.sockets()).toBe({});
   */
  sockets(port?: number): Subject & { kind: 'sockets' } {
    return { kind: 'sockets', host: this.host, ...(port === undefined ? {} : { port }) };
  }

  /**
   * A counter as nstat(8) names it, for `expect`.
   * @example await expect(server.counter('TcpExtListenOverflows')).toBe(1);
   */
  counter(name: string): Subject & { kind: 'counter' } {
    return { kind: 'counter', host: this.host, name };
  }

  /**
   * What `netstat -natp` prints, for `expect`; with a port, of the sockets that have it at one end.
   * @example await expect(server.netstat(6000)).toCount({ ESTABLISHED: 1 });
   */
  netstat(port?: number): Subject & { kind: 'netstat' } {
    return { kind: 'netstat', host: this.host, ...(port === undefined ? {} : { port }) };
  }
}

/** Segments by their flags, in tcpdump's letters, exact: `F.`; `S.|.` either; `*` any. */
type Flags = string;

/** Which segments to lose on arrival, and how many (of each alternative); absent: every one. */
export interface Losing {
  to: Side;
  flags: Flags;
  count?: number;
}

/** One segment that waits: the first of this host's, with these flags, of this connection. */
export interface Held {
  from: Side;
  flags?: Flags;
  of?: Connection;
}

/**
 * The link between the hosts. What a held host sends waits, and the harness knows each segment that
 * does. `release`, `letGo`, `duplicate`, `reorder` and `drop` of a segment that waits first wait until
 * there is one, as long as an expectation may take: a kernel may send an ACK later than at once.
 */
export class Wire {
  readonly kind = 'wire';
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /**
   * What these hosts send waits from now on; without hosts, what anybody sends.
   * @example await wire.hold(server);
   */
  async hold(...senders: Side[]): Promise<void> {
    await this.#each('hold', senders, {});
  }

  /**
   * What these hosts have sent and waits goes out, in order; what they send next waits again.
   * @example await wire.release(server);
   * @throws ExpectationError when nothing of one of theirs comes to wait
   */
  async release(...senders: Side[]): Promise<void> {
    await Promise.all(
      hostsOf(senders).map(async (host) => {
        await this.#session.judge(waits(host));
        await this.#session.perform('release', host, {});
      }),
    );
  }

  /**
   * What waits goes out, in order, and nothing waits any more.
   * @example await wire.carry();
   */
  async carry(...senders: Side[]): Promise<void> {
    await this.#each('carry', senders, {});
  }

  /**
   * What these hosts send from now on waits so long, and goes then.
   * @example await wire.delay('200ms', client);
   */
  async delay(time: string, ...senders: Side[]): Promise<void> {
    await this.#each('delay', senders, { ms: milliseconds(time) });
  }

  /**
   * One segment that waits goes out, whatever waits before it.
   * @example
   * await wire.letGo({ from: server, flags: 'F.' });
   * await wire.letGo({ from: client, of: conn });
   * @throws ExpectationError when none comes
   */
  async letGo(one: Held): Promise<void> {
    await this.#one('letGo', one);
  }

  /**
   * A copy of one that waits goes out; the segment itself still waits.
   * @example await wire.duplicate({ from: client });
   * @throws ExpectationError when none comes
   */
  async duplicate(one: Held): Promise<void> {
    await this.#one('duplicate', one);
  }

  /**
   * One that waits is to go before all others.
   * @example await wire.reorder({ from: client, flags: 'P.' });
   * @throws ExpectationError when none comes
   */
  async reorder(one: Held): Promise<void> {
    await this.#one('reorder', one);
  }

  /**
   * Segments are lost. Those that look so when they reach a host (`to`), from now on: the capture
   * shows them, TCP never sees them. Or one that waits (`from`): no capture will ever show it.
   * @example
   * await wire.drop({ to: server, flags: 'S', count: 1 });
   * await wire.drop({ from: client, flags: 'F.' });
   * @throws ExpectationError when none comes to wait
   */
  async drop(which: Losing | Held): Promise<void> {
    if ('from' in which) return this.#one('discard', which);
    const { to, flags, count } = which;
    await this.#session.perform('drop', to.host, {
      flags,
      ...(count === undefined ? {} : { count }),
    });
  }

  /**
   * Nothing is lost any more that reaches this host.
   * @example await wire.dropNothing(server);
   */
  async dropNothing(to: Side): Promise<void> {
    await this.#session.perform('undrop', to.host, {});
  }

  /**
   * The connection between a port of the server and one of the client, which no kernel need know of yet.
   * @example const conn = wire.between(6000, 7000);
   */
  between(serverPort: number, clientPort: number): Connection {
    const { server, client } = this.#session.facts;
    return {
      server: { address: server.address, port: serverPort },
      client: { address: client.address, port: clientPort },
    };
  }

  async #each<O extends 'hold' | 'carry' | 'delay'>(
    op: O,
    senders: Side[],
    args: ArgsOf<O>,
  ): Promise<void> {
    await Promise.all(hostsOf(senders).map((host) => this.#session.perform(op, host, args)));
  }

  async #one(
    op: 'letGo' | 'discard' | 'duplicate' | 'reorder',
    { from: { host }, flags, of }: Held,
  ): Promise<void> {
    const id = await this.#session.judge(waits(host, flags, of && flowOf(of)));
    await this.#session.perform(op, host, { id });
  }
}

const hostsOf = (senders: Side[]): HostName[] =>
  senders.length === 0 ? [...HOSTS] : senders.map(({ host }) => host);
