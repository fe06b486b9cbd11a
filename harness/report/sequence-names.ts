import { flowKey, sidePorts } from './sides.ts';
import type { Carried } from './carried.ts';
import { diff } from '../tcp/sequence.ts';

/** The textbook's letters for where each end of a connection began to count. */
export interface Names {
  /** How a segment's numbers are written: `x`, `y+1`, or the number itself where no SYN was seen. */
  seq(carried: Carried): string;
  ack(carried: Carried): string | undefined;
  /** The connection that it belongs to: the same object for all of its segments. */
  of(carried: Carried): Legend;
  /** Every letter with its number, connection by connection. */
  legend: Legend[];
}

export interface Legend {
  clientPort: number;
  serverPort: number;
  client?: { letter: string; first: number };
  server?: { letter: string; first: number };
}

/** Beyond this a number is not told by its distance: it belongs to something else. */
const FAR = 1 << 24;

/**
 * Names the sequence numbers of all connections: `x` is the seq of the client's SYN, `y` of the
 * server's (seeds 000 and 003 write them so). A later connection on the same ports has `x2`, `y2`.
 */
export function nameSequences(all: readonly Carried[]): Names {
  const current = new Map<string, Legend>();
  const legend: Legend[] = [];
  const byPorts = new Map<string, Legend[]>();
  const of = new Map<Carried, Legend>();
  for (const carried of all) {
    const key = flowKey(carried);
    const latest = current.get(key);
    const known = byPorts.get(key)?.findLast((one) => fits(carried, one)) ?? latest;
    const entry = known === undefined || startsAnew(carried, known) ? begin(carried, known) : known;
    // What an earlier one gets late does not make it the latest again.
    if (latest === undefined || entry !== known) current.set(key, entry);
    if (/S/.test(carried.segment.flags) && entry[carried.from] === undefined) {
      entry[carried.from] = { letter: letterFor(carried, entry), first: carried.segment.seq };
    }
    of.set(carried, entry);
  }
  return {
    seq: (carried) => name(carried.segment.seq, of.get(carried)?.[carried.from]),
    ack: (carried) =>
      carried.segment.ack === undefined
        ? undefined
        : name(carried.segment.ack, of.get(carried)?.[acknowledged(carried)]),
    of: (carried) => of.get(carried) ?? begin(carried),
    legend: legend.filter(({ client, server }) => client !== undefined || server !== undefined),
  };

  function begin(carried: Carried, known?: Legend): Legend {
    const { clientPort, serverPort } = sidePorts(carried);
    const entry: Legend = { clientPort, serverPort };
    // A SYN+ACK with a new number answers the SYN that was there.
    const before = known?.[opposite(carried)];
    if (carried.segment.flags.includes('.') && before !== undefined)
      entry[opposite(carried)] = before;
    legend.push(entry);
    const key = flowKey(carried);
    byPorts.set(key, [...(byPorts.get(key) ?? []), entry]);
    return entry;
  }

  function letterFor(carried: Carried, entry: Legend): string {
    const letter = carried.from === 'client' ? 'x' : 'y';
    const ofPorts = byPorts.get(flowKey(carried)) ?? [];
    const earlier = ofPorts.filter(
      (other) => other !== entry && other[carried.from] !== undefined,
    ).length;
    return earlier === 0 ? letter : `${letter}${earlier + 1}`;
  }
}

/** Whose octets it acknowledges: in a connection to itself, its sender's own. */
const acknowledged = (carried: Carried): 'server' | 'client' =>
  carried.inside ? carried.from : opposite(carried);

const opposite = ({ from }: Carried): 'server' | 'client' =>
  from === 'server' ? 'client' : 'server';

/** Is it of this connection for sure: by what a SYN+ACK answers, and by where all else stands? */
function fits(carried: Carried, legend: Legend): boolean {
  const { flags, seq, ack } = carried.segment;
  const [own, answered] = [legend[carried.from], legend[acknowledged(carried)]];
  if (flags.startsWith('S.')) return answered !== undefined && diff(ack ?? 0, answered.first) === 1;
  if (flags.includes('S')) return own?.first === seq;
  return own !== undefined && Math.abs(diff(seq, own.first)) <= FAR;
}

/** A SYN with another number than this end's SYN before it: a new connection. */
function startsAnew({ segment, from }: Carried, known: Legend): boolean {
  const first = known[from]?.first;
  return segment.flags.includes('S') && first !== undefined && first !== segment.seq;
}

function name(value: number, base: { letter: string; first: number } | undefined): string {
  const distance = base === undefined ? NaN : diff(value, base.first);
  if (base === undefined || Math.abs(distance) > FAR) return String(value);
  if (distance === 0) return base.letter;
  return `${base.letter}${distance > 0 ? '+' : '-'}${Math.abs(distance)}`;
}
