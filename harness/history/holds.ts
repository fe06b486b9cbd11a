import { HARNESS_ERROR } from '../evidence/clock.ts';
import type { HostName } from '../evidence/events.ts';
import { endOf, type Segment } from '../tcp/segment.ts';
import type { State } from '../tcp/states/state.ts';
import { other } from './connection.ts';
import type { Connections, Incarnation } from './connections.ts';
import { courseOf, type Turn } from './ends.ts';
import type { History } from './history.ts';
import { during, firstThat, lastDuring } from './in-time.ts';
import { hasWaited } from './programs.ts';
import { segmentsOf, type Carried } from './segments.ts';
import type { Waited } from './waiting.ts';

/** How a segment waited before it went out, ns; `from` is absent where it is not known. */
export interface Wait {
  from?: number;
  until: number;
}

/** The segments that waited: on the wire that the lab held, or for somebody who walks. */
export const waitsOf = (history: History): ReadonlyMap<Carried, Wait> => history.derive(read);

/** Less than that is no waiting: it is what letting go takes, ns. */
const SHORTEST_WAIT = 1e6;

function read(history: History): ReadonlyMap<Carried, Wait> {
  const waits = new Map<Carried, Wait>();
  const releases = releasesOf(history);
  const walked = new Walked(history.waiting.all);
  const makers = new Makers(history);
  for (const one of segmentsOf(history)) {
    if (one.sent === undefined || one.injected) continue;
    const { from: host, t: until } = one;
    const release = releaseAt(releases[host], until);
    const made = release && makers.madeAt(one, { since: release.hold.from, until });
    const from = walked.since(one) ?? made;
    if (from === undefined ? release !== undefined : until - from >= SHORTEST_WAIT)
      waits.set(one, { ...(from !== undefined && { from }), until });
  }
  return waits;
}

/** When a host's wire was held, ns: what was made from here on waits. */
interface Hold {
  from: number;
}

/** `release` and `carry` let go what was there, between `begin` and `t`. */
interface Release {
  hold: Hold;
  begin: number;
  t: number;
}

/** Of both hosts, in order. */
function releasesOf({ lab }: History): Record<HostName, Release[]> {
  const all: Record<HostName, Release[]> = { server: [], client: [] };
  const open: Record<HostName, Hold | undefined> = { server: undefined, client: undefined };
  for (const { op, host, begin, end } of lab.actions) {
    if (host === undefined) continue;
    if (op === 'hold') open[host] ??= { from: begin.t };
    const hold = open[host];
    const letsGo = op === 'release' || op === 'carry';
    if (!letsGo || hold === undefined || end === undefined) continue;
    all[host].push({ hold, begin: begin.t, t: end.t });
    if (op === 'carry') open[host] = undefined;
  }
  return all;
}

/** The one during which something left its host at `at`. */
function releaseAt(releases: readonly Release[], at: number): Release | undefined {
  const release = releases[firstThat(releases, ({ t }) => t >= at - HARNESS_ERROR)];
  return release !== undefined && release.begin <= at + HARNESS_ERROR ? release : undefined;
}

interface Span {
  since: number;
  until: number;
}

/**
 * When held segments were made, where it is known by what: a state's beginning for a SYN or FIN, the
 * send() for data, the arrival of what it acknowledges for an ACK. One that was sent again by a timer
 * tells nothing of its making.
 */
class Makers {
  readonly #connections: Connections;
  /** Of each connection. */
  readonly #turns = new Map<Incarnation, Turn[]>();
  /** What has arrived, by its connection, its sender and the number behind its last octet. */
  readonly #arrivals = new Map<Incarnation, Map<string, { t: number }[]>>();
  readonly #sends: Record<HostName, readonly { t: number }[]>;

  constructor(history: History) {
    const { connections, turns } = courseOf(history);
    this.#connections = connections;
    for (const turn of turns) {
      if (turn.connection !== undefined) append(this.#turns, turn.connection, turn);
    }
    for (const one of segmentsOf(history)) {
      if (one.fate !== 'arrived' || one.arrived === undefined) continue;
      const connection = connections.of(one);
      const own = this.#arrivals.get(connection) ?? new Map<string, { t: number }[]>();
      this.#arrivals.set(connection, own);
      append(own, `${one.from} ${endOf(one.segment)}`, { t: one.arrived.t });
    }
    this.#sends = { server: sendsOf(history, 'server'), client: sendsOf(history, 'client') };
  }

  /** Undefined where it is not known. */
  madeAt(one: Carried, span: Span): number | undefined {
    if (one.repetition === 'retransmission') return undefined;
    const begun = this.#begun(one, span);
    if (begun !== undefined) return begun;
    return one.segment.length > 0 ? this.#sent(one, span) : this.#answered(one, span);
  }

  #begun(one: Carried, { since, until }: Span): number | undefined {
    const states = statesOf(one.segment.flags);
    const turns = this.#turns.get(this.#connections.of(one)) ?? [];
    return turns.findLast(
      ({ host, to, t }) => host === one.from && states.includes(to) && t >= since && t <= until,
    )?.t;
  }

  /** Only one send() says which it was. */
  #sent({ from }: Carried, span: Span): number | undefined {
    const [send, another] = during(this.#sends[from], span);
    return another === undefined ? send?.t : undefined;
  }

  /** When the segment came whose last octet it acknowledges. */
  #answered(one: Carried, span: Span): number | undefined {
    const arrivals = this.#arrivals.get(this.#connections.of(one));
    const key = `${other(one.from)} ${one.segment.ack ?? ''}`;
    return lastDuring(arrivals?.get(key) ?? [], span)?.t;
  }
}

/** The states that begin with such a segment. */
function statesOf(flags: string): readonly State[] {
  if (flags.includes('F')) return ['FIN-WAIT-1', 'LAST-ACK'];
  if (!flags.includes('S')) return [];
  return [flags.includes('.') ? 'SYN-RECEIVED' : 'SYN-SENT'];
}

/** When each send() of a host returned, and also when it was entered where it has waited. */
const sendsOf = ({ programs }: History, host: HostName): { t: number }[] =>
  programs.all
    .filter((program) => program.host === host)
    .flatMap(({ calls }) => calls)
    .flatMap((call) => {
      const { enter, return: returned } = call;
      if ((returned ?? enter)?.call !== 'send') return [];
      return [...(enter && hasWaited(call) ? [enter] : []), ...(returned ? [returned] : [])];
    })
    .sort((a, b) => a.t - b.t);

/** What waited for somebody who walks, in the order in which it went. */
class Walked {
  readonly #left: Waited[];

  constructor(all: readonly Waited[]) {
    this.#left = all
      .filter(({ went }) => went !== undefined)
      .sort((a, b) => (a.went ?? 0) - (b.went ?? 0));
  }

  /** Since when it waited, if it did. */
  since({ from, segment, t }: Carried): number | undefined {
    const at = this.#left.findIndex(
      ({ host, packet, went = 0 }) =>
        host === from && went <= t + HARNESS_ERROR && isSame(packet.segment, segment),
    );
    const [waited] = at === -1 ? [] : this.#left.splice(at, 1);
    return waited?.packet.t;
  }
}

/** By what a packet's header tells it from another one. */
const isSame = (one: Segment, another: Segment): boolean =>
  one.src.port === another.src.port &&
  one.dst.port === another.dst.port &&
  one.flags === another.flags &&
  one.seq === another.seq &&
  one.ack === another.ack &&
  one.length === another.length &&
  one.ip.id === another.ip.id;

function append<K, T>(index: Map<K, T[]>, key: K, one: T): void {
  const list = index.get(key);
  if (list === undefined) index.set(key, [one]);
  else list.push(one);
}
