/** What programs did, by their calls, against what they printed and what crossed the wire. */
import { CAPTURE_ERROR } from '../evidence/clock.ts';
import { HOSTS, type EventOf } from '../evidence/events.ts';
import { endpointOf } from '../history/descriptors.ts';
import type { Call, Doings } from '../history/programs.ts';
import type { Endpoint } from '../tcp/segment.ts';
import type { Evidence, Invariant, Violation } from './evidence.ts';
import { told } from '../told.ts';

/** One program has one number and one process, and does nothing before its start and after its end. */
const lives: Invariant = {
  name: 'programs',
  says: told('what a program does lies between its start and its end, and its process is its own'),
  *check(evidence) {
    const known = new Map<number, { host: string; ended: boolean }>();
    const pids = new Set<string>();
    const early = new Set<number>();
    for (const event of evidence.events) {
      if (event.type === 'program') {
        const pid = `${event.host} ${event.pid}`;
        if (known.has(event.program) || pids.has(pid))
          yield {
            events: [event.seq],
            found: told('program {n}, pid {m}', { n: event.program, m: event.pid }),
          };
        known.set(event.program, { host: event.host, ended: false });
        pids.add(pid);
        early.delete(event.program);
      } else if (event.type === 'output' || event.type === 'call' || event.type === 'exit') {
        const program = known.get(event.program);
        // What it does may be heard of before the answer that says that it was started.
        if (program === undefined) early.add(event.program);
        else if (program.ended || program.host !== event.host)
          yield {
            events: [event.seq],
            found: told('program {n}: {type}', { n: event.program, type: event.type }),
          };
        if (event.type === 'exit' && program !== undefined) program.ended = true;
      }
    }
    for (const program of early) yield { found: told('program {n}', { n: program }) };
  },
};

/** Linux's numbers (asm-generic/errno.h) of what socket calls fail with. */
const ERRNO: Readonly<Record<string, number>> = {
  ...{ EPERM: 1, EINTR: 4, EIO: 5, EBADF: 9, EAGAIN: 11, ENOMEM: 12, EACCES: 13, EFAULT: 14 },
  ...{ EINVAL: 22, EMFILE: 24, EPIPE: 32, ENOTSOCK: 88, EDESTADDRREQ: 89, EMSGSIZE: 90 },
  ...{ ENOPROTOOPT: 92, EPROTONOSUPPORT: 93, EOPNOTSUPP: 95, EAFNOSUPPORT: 97, EADDRINUSE: 98 },
  ...{ EADDRNOTAVAIL: 99, ENETDOWN: 100, ENETUNREACH: 101, ECONNABORTED: 103, ECONNRESET: 104 },
  ...{ ENOBUFS: 105, EISCONN: 106, ENOTCONN: 107, ETIMEDOUT: 110, ECONNREFUSED: 111 },
  ...{ EHOSTUNREACH: 113, EALREADY: 114, EINPROGRESS: 115 },
};

/** A call returns what it says, after it was entered. */
const calls: Invariant = {
  name: 'calls',
  says: told(
    'a call returns after it was entered, and what it returns and its error are of a piece',
  ),
  *check({ history }) {
    for (const { enter, return: returned } of history.programs.all.flatMap(({ calls }) => calls)) {
      if (enter?.result !== undefined) yield { events: [enter.seq], found: `= ${enter.result}` };
      if (returned === undefined) continue;
      const { seq, t, result, errno, code } = returned;
      const failed = result === -1;
      const isWhole =
        result !== undefined && (errno !== undefined) === failed && (code !== undefined) === failed;
      const number = code === undefined ? undefined : ERRNO[code];
      if (!isWhole || (number !== undefined && number !== errno))
        yield { events: [seq], found: formatted(returned) };
      if (enter === undefined) continue;
      const isSame = JSON.stringify(enter.args) === JSON.stringify(returned.args);
      if (enter.t > t || !isSame) yield { events: [enter.seq, seq], found: formatted(returned) };
    }
  },
};

/** As strace writes it; harness/sys/calls.ts prints the same. */
function formatted({ call, args, result, out, errno, code }: EventOf<'call'>): string {
  const filled = typeof out === 'number' ? [`[${out}]`] : out === undefined ? [] : [out];
  const failure = errno === undefined ? [] : [code, `(${errno})`];
  return [`${call}(${args.join(', ')})`, '=', result, ...filled, ...failure].join(' ');
}

/** A socket shell prints each call that has returned; what it had no time to print is missing. */
const printed: Invariant = {
  name: 'calls-and-output',
  says: told('what a program of ours prints of its calls is what they returned'),
  *check({ history, cut }) {
    for (const program of history.programs.all) {
      const { wanted, lines } = tellingOf(program);
      for (const [index, { seq, line }] of lines.entries()) {
        const returned = wanted[index];
        if (returned === line) continue;
        // The two come by two ways, and what was cut short had not all come yet.
        if (cut && returned === undefined) break;
        yield { events: [seq], found: `${line}: ${returned ?? ''}` };
        break;
      }
      // Killed, it may have left the last unsaid.
      if (!cut && program.exit?.signal === null && wanted.length > lines.length)
        yield { events: [program.exit.seq], found: `${lines.length} / ${wanted.length}` };
    }
  },
};

/** What it should have printed, and the lines in which it did. */
function tellingOf({ name, outputs, returned }: Doings): {
  wanted: string[];
  lines: EventOf<'output'>[];
} {
  const said = outputs.filter(({ stream }) => stream === 'stdout');
  const done = returned.flatMap(({ return: one }) => one ?? []);
  if (name === 'socket-shell') {
    const lines = said.filter(({ line }) => /^\w+\(.*\) = -?\d/.test(line));
    return { wanted: done.map(formatted), lines };
  }
  if (name !== 'echo-server') return { wanted: [], lines: [] };
  const accepted = done.filter(({ call, result }) => call === 'accept' && (result ?? -1) >= 0);
  return {
    wanted: accepted.map(({ result }) => `accept c = ${result ?? ''}`),
    lines: said.filter(({ line }) => line.startsWith('accept c = ')),
  };
}

/** What a call says of the network, the host's own capture says too. */
const network: Invariant = {
  name: 'calls-and-segments',
  says: told(
    'a connection that a call made, was refused or accepted is in the capture of its host',
  ),
  *check(evidence) {
    const arrived = arrivals(evidence);
    for (const program of evidence.history.programs.all) {
      for (const { return: returned } of program.returned) {
        if (returned === undefined) continue;
        const missing = missingFor(evidence, arrived, program, returned);
        if (missing !== undefined)
          yield {
            events: [returned.seq],
            found: told('{call}: {file}: no {flag}', { call: formatted(returned), ...missing }),
          };
      }
    }
  },
};

/** When a segment with such a flag first came to a host from an end: `server 10.0.0.2:4711 S`. */
function arrivals({ history }: Evidence): Map<string, number> {
  const first = new Map<string, number>();
  for (const host of HOSTS) {
    for (const { direction, segment, t } of history.captures[host].packets) {
      if (direction !== 'in') continue;
      const { src, flags } = segment;
      for (const flag of flags) {
        const key = `${host} ${src.address}:${src.port} ${flag}`;
        if (!first.has(key)) first.set(key, t);
      }
    }
  }
  return first;
}

/** The segment that must have come before the call could return so. */
function missingFor(
  { hosts, wholeUntil }: Evidence,
  arrived: ReadonlyMap<string, number>,
  { host }: Doings,
  { call, args, result = -1, out, code, t }: EventOf<'call'>,
): { file: string; flag: string } | undefined {
  const [flag, where] =
    // Both sides may have begun: a SYN is then as good as its answer.
    call === 'connect' && result === 0
      ? ['S', args[1]]
      : call === 'connect' && code === 'ECONNREFUSED'
        ? ['R', args[1]]
        : (call === 'accept' || call === 'accept4') && result >= 0
          ? ['S', out]
          : [];
  const peer = endpointOf(where);
  if (flag === undefined || peer === undefined || t > wholeUntil[host]) return undefined;
  if (peer.address === hosts[host].address) return undefined;
  if (!isOnLink(hosts, peer)) return undefined;
  const came = arrived.get(`${host} ${peer.address}:${peer.port} ${flag}`) ?? Infinity;
  return came <= t + CAPTURE_ERROR ? undefined : { file: `${host}.pcap`, flag };
}

const isOnLink = ({ server, client }: Evidence['hosts'], { address }: Endpoint): boolean =>
  address === server.address || address === client.address;

/** What a program read has arrived. */
const received: Invariant = {
  name: 'data-received',
  says: told('no program receives more from a host than has come from there, or anything else'),
  *check({ history, hosts, wholeUntil }) {
    for (const program of history.programs.all) {
      const elsewhere = program.host === 'server' ? hosts.client : hosts.server;
      const come = history.captures[program.host].packets.filter(
        ({ direction, segment }) =>
          direction === 'in' && segment.src.address === elsewhere.address && segment.length > 0,
      );
      // Who talks to itself reads what no capture has.
      if (history.captures[program.host].packets.some(({ inside }) => inside)) continue;
      const texts = come.map(({ segment }) =>
        Buffer.from(segment.payload ?? '', 'hex').toString('latin1'),
      );
      const all = texts.join('');
      for (const { return: one } of program.returned.filter(isReading)) {
        const text = plainOf(one?.out);
        if (one === undefined || text === undefined || all.includes(text)) continue;
        if (one.t > wholeUntil[program.host]) continue;
        yield { events: [one.seq], found: formatted(one) };
      }
    }
  },
};

const isReading = ({ return: one }: Call): boolean =>
  ['recv', 'read', 'recvfrom'].includes(one?.call ?? '') && (one?.result ?? 0) > 0;

/** The octets of a quoted text that needed no escapes; undefined for another one. */
const plainOf = (quoted: unknown): string | undefined => /^"([^"\\]*)"$/.exec(String(quoted))?.[1];

/** A process that holds a socket lives. */
const holders: Invariant = {
  name: 'holders-live',
  says: told('no socket belongs to a program that has ended'),
  *check(evidence) {
    const ended = new Map<string, number>();
    for (const { host, started, exit } of evidence.history.programs.all)
      if (exit !== undefined && started !== undefined) ended.set(`${host} ${started.pid}`, exit.t);
    for (const { seq, host, began, rows } of evidence.of('sample')) {
      for (const { processes, line } of rows) {
        const gone = processes.some(({ pid }) => (ended.get(`${host} ${pid}`) ?? Infinity) < began);
        if (gone) yield { events: [seq], found: line } satisfies Violation;
      }
    }
  },
};

export const ofPrograms: readonly Invariant[] = [lives, calls, printed, network, received, holders];
