import { CAPTURE_ERROR } from '../../evidence/clock.ts';
import type { EventOf, HostName, LabEvent } from '../../evidence/events.ts';
import { sameEndpoint } from '../../tcp/endpoint.ts';
import type { Endpoint } from '../../tcp/segment.ts';
import type { SocketRow } from '../../tcp/ss.ts';
import type { State } from '../../tcp/state.ts';
import type { Evidence, Syn } from './evidence.ts';
import type { StateRow } from './types.ts';

type Transition = EventOf<'transition'>;

/** A socket's end came into a state. */
export interface Change {
  t: number;
  seq: number;
  from?: State;
  to: State;
  witness: StateRow['witness'];
  cause?: number;
  /** The first row of `ss` that shows it. */
  row?: SocketRow;
}

/** An end of a connection, or (its peer's port 0) a socket that listens. */
export interface End {
  host: HostName;
  local: Endpoint;
  peer: Endpoint;
  changes: Change[];
}

export type Ends = Map<string, End>;

export function endOf(ends: Ends, host: HostName, local: Endpoint, peer: Endpoint): End {
  const ANY = { address: '0.0.0.0', port: 0 };
  const known = peer.port === 0 ? ANY : peer;
  const key = `${host} ${local.address} ${local.port} ${known.address} ${known.port}`;
  const end = ends.get(key) ?? { host, local, peer: known, changes: [] };
  ends.set(key, end);
  return end;
}

/** What the tracepoint saw, each end's in order of time. */
export function tracedEnds(events: readonly LabEvent[], evidence: Evidence): Ends {
  const ends: Ends = new Map();
  const traced = events.filter((event): event is Transition => event.type === 'transition');
  const ports = new Ports(evidence);
  for (const one of traced.sort((a, b) => a.t - b.t)) {
    const local = one.local.port === 0 ? ports.taken(one) : one.local;
    if (local === undefined) continue;
    if (one.to === 'SYN-SENT') ports.take(one, local);
    const { t, seq, from, to } = one;
    const end = endOf(ends, one.host, local, one.peer);
    end.changes.push({ t, seq, from, to, witness: 'tracepoint' });
  }
  return ends;
}

/** A socket that connects has no port yet when the tracepoint sees it: its SYN tells. */
class Ports {
  readonly #taken = new Set<Syn>();

  readonly #syns: readonly Syn[];

  constructor({ syns }: Evidence) {
    this.#syns = syns;
  }

  taken({ host, t, local, peer }: Transition): Endpoint | undefined {
    return this.#next(host, t, peer, (own) => own.address === local.address)?.local;
  }

  take({ host, t, peer }: Transition, local: Endpoint): void {
    const syn = this.#next(host, t, peer, (own) => sameEndpoint(own, local));
    if (syn !== undefined) this.#taken.add(syn);
  }

  #next(
    host: HostName,
    t: number,
    peer: Endpoint,
    fits: (local: Endpoint) => boolean,
  ): Syn | undefined {
    return this.#syns.find(
      (syn) =>
        syn.t >= t - CAPTURE_ERROR &&
        syn.host === host &&
        !this.#taken.has(syn) &&
        fits(syn.local) &&
        sameEndpoint(syn.peer, peer),
    );
  }
}
