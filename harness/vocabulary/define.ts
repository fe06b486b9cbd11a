import type { HostName } from '../evidence/events.ts';
import { edgeOf, edgesAlong, type EdgeName, type MissingEdge } from '../tcp/states/edges.ts';
import { told, ToldError, type Told } from '../told.ts';
import type { Testbed } from './testbed.ts';
import { milliseconds } from './within.ts';

/** Sysctls that a lab wants other than the defaults, by host. Values as the kernel prints them. */
export type Sysctls = Partial<Record<HostName | 'both', Record<string, string>>>;

export interface Definition {
  /** Its name on the command line and its file's name. */
  name: string;
  /** One line: what it shows. */
  title: string;
  /** A paragraph for the student: what happens and why. */
  explanation: string;
  /** What to notice in the run, once it has passed: a sentence or three. */
  notice?: string;
  /** Where the claim comes from: an RFC or another document with its section, a kernel file. */
  sources: readonly string[];
  /** The heading under which it is listed; a lab without one is listed under its folder. */
  section?: string;
  /** The lab to read after it, by name: the chain of these is the order in which to meet the labs. */
  next?: string;
  /**
   * Why the lab cannot be walked through with `--step`, in a sentence that is told to whoever tries: it
   * measures time, and somebody's thinking would be in it, or it has too many segments. Labs without it
   * can be.
   */
  notWalkable?: string;
  /** Sysctls that are set in the hosts before anything runs there, by host (`both`: in either). */
  sysctls?: Sysctls;
  /**
   * Shortest retransmission timeout between the hosts (`10s`; ip-route(8) rto_min). Set it where
   * data or a FIN, or their ACK, are held, dropped or delayed (`hold`, `drop`, `reach`): the kernel sends
   * them again after 0.2 s otherwise, and the pattern, or the state, is another one. It does not help a SYN
   * or SYN+ACK, which have a timeout of their own, one second. Labs that show retransmissions do without.
   */
  rtoMin?: string;
  /** What a host sends to itself is captured as well: for labs in which one host talks to itself. */
  loopback?: boolean;
  /**
   * The edges of the state diagram that it shows: `ss` sees both states, one in the sample after the
   * other's. Every run is held to them when the lab's own code is done.
   */
  shows?: readonly EdgeName[];
  /** Those that it shows with `--slow` only. */
  showsSlow?: readonly EdgeName[];
  /**
   * Edges of the diagram that Linux does not have: the lab brings a socket to where each would begin and
   * shows what Linux does instead. A run in which such an edge is seen after all fails.
   */
  refutes?: readonly MissingEdge[];
  /** The longest wait that the kernel imposes on it (`7s`), and on it with `--slow`. */
  waits?: { always?: string; slow?: string };
}

export type Body = (testbed: Testbed) => Promise<void>;

export interface Lab extends Definition {
  body: Body;
  /** Where it stands; the catalogue, which has read it there, says it. */
  source?: Source;
}

/** The file that a lab stands in. */
export interface Source {
  /** As people are told it: `labs/bind.ts`, `../mine/my.lab.ts`. */
  file: string;
  /** Its absolute path: what documents say of it lies beside it. */
  path: string;
  /** SHA-256 of the lab's code, hexadecimal. */
  hash: string;
  /** The line of the file that is being carried out, by a stack; undefined where none of it is on it. */
  lineOf(stack: string): number | undefined;
}

/** A definition as labs write it: the edges that a lab shows may be told as a path along them. */
export interface Written extends Omit<Definition, 'shows'> {
  /**
   * The edges of the state diagram that it shows: `'FIN-WAIT-1 -> FIN-WAIT-2'`, or a path along them,
   * `'ESTABLISHED -> FIN-WAIT-1 -> FIN-WAIT-2 -> TIME-WAIT'`. Every run is held to them when the lab's own code
   * is done. The witness is `ss`: it has to see the same socket in the one state, and in the next sample in
   * the other. An expectation about a host's sockets (`toBeIn`, `toBeListening`) takes a sample, so expect
   * each state, and hold the segment that would end it until then. Where two edges join the same states, a
   * capture or a call decides; the kernel's tracepoint must agree where it can be read. CLOSED is a socket
   * that `ss` does not show.
   */
  shows?: readonly (EdgeName | `${EdgeName} -> ${string}`)[];
}

/**
 * Defines a lab: one experiment between two hosts. Its file exports it as default.
 * @throws DefinitionError for a definition that is not as it must be, ToldError for a path that has a
 *   step which is no edge
 */
export function lab(definition: Written, body: Body): Lab {
  checkDefinition(definition, body);
  const { shows, ...rest } = definition;
  return { ...rest, ...(shows && { shows: edgesAlong(shows) }), body };
}

/** What a lab says of itself is not what it must be. */
export class DefinitionError extends ToldError {
  override readonly name = 'DefinitionError';
}

/** What a value must be; undefined where it is. */
type Check = (value: unknown) => Told | undefined;

const isText = (value: unknown): value is string => typeof value === 'string';
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const be =
  (what: Told, holds: (value: unknown) => boolean): Check =>
  (value) =>
    holds(value) ? undefined : what;

const line = be(told('a text of one line'), (value) => isText(value) && !value.includes('\n'));
const text = be(told('a text'), isText);
const texts = be(told('a list of texts'), (value) => Array.isArray(value) && value.every(isText));
const labName = be(
  told('a name of small letters, digits and hyphens'),
  (value) => isText(value) && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(value),
);
const duration = be(told('a duration (like 250ms, 3s, 2min)'), isDuration);

/** Each field of a definition. The table is complete: what is not in it is a typing error. */
const FIELDS: Readonly<Record<keyof Definition, Check>> = {
  name: labName,
  title: line,
  explanation: text,
  notice: text,
  sources: texts,
  section: line,
  next: labName,
  notWalkable: line,
  sysctls: be(
    told("sysctls by host ({ client: { 'net.ipv4.tcp_retries2': '3' } }), their values texts"),
    (value) =>
      isRecord(value) &&
      Object.entries(value).every(
        ([host, sysctls]) =>
          ['both', 'server', 'client'].includes(host) &&
          isRecord(sysctls) &&
          Object.values(sysctls).every(isText),
      ),
  ),
  rtoMin: duration,
  loopback: be(told('true or false'), (value) => typeof value === 'boolean'),
  shows: texts,
  showsSlow: texts,
  refutes: texts,
  waits: be(
    told("durations (like { always: '7s', slow: '2min' })"),
    (value) =>
      isRecord(value) &&
      Object.entries(value).every(
        ([when, how]) => ['always', 'slow'].includes(when) && isDuration(how),
      ),
  ),
};

const REQUIRED = ['name', 'title', 'explanation', 'sources'] as const;

/**
 * Refuses what a type checker would: a lab may come from anywhere, and be run as it is.
 * @throws DefinitionError naming the field, ToldError for an edge that the diagram does not have
 */
function checkDefinition(definition: unknown, body: unknown): void {
  if (!isRecord(definition) || typeof body !== 'function') {
    throw new DefinitionError(
      told('a lab is lab({ name, title, ... }, async (testbed) => { ... })'),
    );
  }
  const missing = REQUIRED.find((field) => definition[field] === undefined);
  if (missing !== undefined)
    throw new DefinitionError(told("the lab has no '{field}'", { field: missing }));
  for (const [field, value] of Object.entries(definition)) {
    // It is made of another lab.
    if (field === 'body' || field === 'source') continue;
    const check = Object.hasOwn(FIELDS, field) ? FIELDS[field as keyof Definition] : undefined;
    if (check === undefined) {
      const params = { field, fields: Object.keys(FIELDS).join(', ') };
      throw new DefinitionError(told("a lab has no field '{field}'; fields: {fields}", params));
    }
    const what = value === undefined ? undefined : check(value);
    if (what !== undefined) {
      throw new DefinitionError(told("the lab's '{field}' must be {what}", { field, what }));
    }
  }
  const { shows = [], showsSlow = [], refutes = [] } = definition as unknown as Definition;
  edgesAlong(shows);
  for (const edge of [...showsSlow, ...refutes]) edgeOf(edge);
}

function isDuration(value: unknown): boolean {
  try {
    return isText(value) && milliseconds(value) >= 0;
  } catch {
    return false;
  }
}
