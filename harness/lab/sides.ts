import type { HostName, Json } from '../evidence/events.ts';
import { other, type Connection } from '../history/connection.ts';
import { parseForged } from '../tcp/frame/forge.ts';
import { synSchedule, type SynSchedule } from '../tcp/states/syn-schedule.ts';
import { argumentsFor, PORT, Starting, type ProgramOptions } from './program.ts';
import type { Session } from './session.ts';
import { SocketShell } from './socket-shell.ts';

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

  get address(): string {
    return this.#session.facts[this.host].address;
  }

  /** The value of a sysctl in this host; undefined where the kernel does not know it. */
  sysctl(name: string): string | undefined {
    return this.#session.facts[this.host].sysctls[name];
  }

  /** When this host sends a SYN again that nobody answers, by its own sysctls. */
  get synSchedule(): SynSchedule {
    return synSchedule({
      retries: Number(this.sysctl('net.ipv4.tcp_syn_retries')),
      linearTimeouts: Number(this.sysctl('net.ipv4.tcp_syn_linear_timeouts') ?? 0),
      rtoMax: Number(this.sysctl('net.ipv4.tcp_rto_max_ms') ?? 120_000) / 1000,
    });
  }

  /** Starts a program of `servers/` or `clients/`. Its address is the server's unless said otherwise. */
  run(name: string, options: ProgramOptions = {}): Starting {
    const address = options.address ?? this.#session.facts.server.address;
    const port = options.port ?? PORT;
    const ref = { host: this.host, program: this.#nextProgram(), name };
    return new Starting(this.#session, ref, port, argumentsFor({ ...options, address, port }));
  }

  /** Starts a socket shell: calls one at a time, those of the script (`SocketShell.does`) at once. */
  async shell(script = ''): Promise<SocketShell> {
    const ref = { host: this.host, program: this.#nextProgram(), name: 'socket-shell' };
    const { program } = await new Starting(this.#session, ref, 0, []).running();
    const shell = new SocketShell(this.#session, program);
    await shell.does(script);
    return shell;
  }

  /** Changes the link's MTU, octets, at this end: of what it sends, and of what it advertises. */
  async setMtu(octets: number): Promise<void> {
    await this.#session.perform('mtu', this.host, { octets });
  }

  /**
   * Sends the other end of `connection` a segment that this host's kernel would not send, as though
   * it came from this end: `S seq=1000 mss=1460`, `R seq=${y + 1}`, `P. seq=7 ack=9 "hello"`
   * (harness/tcp/forge.ts). It goes out at once, also when the wire is held.
   * @throws ForgeError when the text is no segment; nothing was sent then
   */
  async forge(connection: Connection, segment: string): Promise<void> {
    parseForged(segment);
    await this.#session.perform('forge', this.host, {
      from: { ...connection[this.host] },
      to: { ...connection[other(this.host)] },
      segment,
    });
  }

  end(connection: Connection): Subject & { kind: 'end' } {
    return { kind: 'end', host: this.host, connection };
  }

  listener(port = PORT): Subject & { kind: 'listener' } {
    return { kind: 'listener', host: this.host, port };
  }

  sockets(port?: number): Subject & { kind: 'sockets' } {
    return { kind: 'sockets', host: this.host, ...(port === undefined ? {} : { port }) };
  }

  /** A counter as nstat(8) names it: `TcpExtListenDrops`. */
  counter(name: string): Subject & { kind: 'counter' } {
    return { kind: 'counter', host: this.host, name };
  }

  /** What `netstat -natp` prints; with a port, of the sockets that have it at one end. */
  netstat(port?: number): Subject & { kind: 'netstat' } {
    return { kind: 'netstat', host: this.host, ...(port === undefined ? {} : { port }) };
  }
}

/** Which segments to lose, in tcpdump's letters (`S.|.` either), and how many (of each). */
export interface Losing {
  to: Side;
  flags: string;
  count?: number;
}

/** The link between the hosts. */
export class Wire {
  readonly kind = 'wire';
  readonly #session: Session;

  constructor(session: Session) {
    this.#session = session;
  }

  /** What these hosts send waits from now on; without hosts, what anybody sends. */
  async hold(...senders: Side[]): Promise<void> {
    await this.#each('hold', senders);
  }

  /**
   * What these hosts have sent and waits goes out, in order; what they send next waits again. Where
   * nothing waits yet (a kernel may put an ACK off) it comes to pass when something does.
   * @throws ActionError when nothing has waited for as long as an expectation has
   */
  async release(...senders: Side[]): Promise<void> {
    await this.#each('release', senders);
  }

  /** What waits goes out, and nothing is held any more. */
  async carry(...senders: Side[]): Promise<void> {
    await this.#each('carry', senders);
  }

  /** Segments that look so are lost on arrival: the capture shows them, TCP never sees them. */
  async drop({ to, flags, count }: Losing): Promise<void> {
    await this.#session.perform('drop', to.host, {
      flags,
      ...(count === undefined ? {} : { count }),
    });
  }

  async dropNothing(to: Side): Promise<void> {
    await this.#session.perform('undrop', to.host, {});
  }

  /** The connection between two ports, which no kernel need know of yet. */
  between(serverPort: number, clientPort: number): Connection {
    const { server, client } = this.#session.facts;
    return {
      server: { address: server.address, port: serverPort },
      client: { address: client.address, port: clientPort },
    };
  }

  async #each(op: string, senders: Side[]): Promise<void> {
    const hosts: HostName[] =
      senders.length === 0 ? ['server', 'client'] : senders.map(({ host }) => host);
    await Promise.all(hosts.map((host) => this.#session.perform(op, host, {} satisfies Json)));
  }
}
