/** `socket-lab/testing`: what the test of a lab imports, in any project and with any test runner. */
import { fileURLToPath } from 'node:url';
import { selectBackend, type Wanted } from './backend/select.ts';
import { labAt } from './catalogue/elsewhere.ts';
import type { EventOf, LabStatus, Place } from './evidence/events.ts';
import type { Kind } from './evidence/expectations.ts';
import { historyOf } from './history/history.ts';
import { version } from './installation.ts';
import { runLab as run } from './run/run.ts';
import { english } from './texts/say.ts';
import { inEnglish } from './told.ts';
import type { Testbed } from './vocabulary/testbed.ts';
import type { Lab } from './vocabulary/define.ts';
import { reasonInWords } from './words/verdicts.ts';

export type { Testbed, Kind, Lab, LabStatus, Place };

/** How a lab is run in its test. */
export interface TestOptions {
  /**
   * Injects a fault before the lab begins: a lab that sees what it says must fail then. It gets the
   * lab's testbed, and may give the lab another one, with something of it `instead`.
   */
  // One that gives no other testbed gives nothing.
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type
  fault?: (testbed: Testbed) => Testbed | void | Promise<Testbed | void>;
  /** What makes the hosts; by default what SOCKET_LAB_BACKEND says, or `auto`. */
  backend?: 'auto' | 'docker' | 'netns';
  /** The kernel's long waits are waited out, too. */
  slow?: boolean;
}

/** How a lab came out. */
export interface Tested {
  /** `passed`, `failed`, or `broken`: it could not be carried out, and nothing is said about TCP. */
  status: LabStatus;
  /** Why it has not passed, in a sentence; sentences may change, `failed` is what to compare. */
  message?: string;
  /** The expectation by which it failed, as data. */
  failed?: Failure;
}

export interface Failure {
  /** Which kind of expectation it is: below. */
  kind: Kind;
  /** What was expected, as data: its shape is the kind's. */
  params: unknown;
  /** What was seen instead, as data. */
  seen: unknown;
  /** The title of the step in which it was expected. */
  step?: string;
  /** The line of the lab that expects it: `{ file, line }`. */
  at?: Place;
}

/**
 * Runs a lab, by its file (a path, or a `file:` URL) or itself, with real hosts. Nothing of it stays on
 * disk. The value: how it came out. A lab that fails by an expectation is no error.
 * @example
 * const { status, message, failed } = await runLab('my.lab.ts', {
 *   fault: async ({ client, wire }) => {
 *     await wire.drop({ to: client, flags: 'S.' });
 *   },
 * });
 * @throws CatalogueError for a file that holds no lab, BackendError when this machine cannot make hosts
 */
export async function runLab(lab: string | URL | Lab, options: TestOptions = {}): Promise<Tested> {
  const { fault = () => undefined, backend: wanted, slow = false } = options;
  const whole = await labFrom(lab);
  const { env } = process;
  const asked = wanted ?? ((env['SOCKET_LAB_BACKEND'] ?? '') || 'auto');
  const { backend, reason } = await selectBackend(asked as Wanted, env, 'the test');
  const { status, expectation, message, leftBehind, stream } = await run(
    {
      ...whole,
      body: async (testbed) => {
        await whole.body((await fault(testbed)) ?? testbed);
      },
    },
    { backend, reason, slow, harness: version(), signal: new AbortController().signal },
  );
  if (leftBehind !== undefined)
    throw new Error(`could not be cleaned up: ${inEnglish(leftBehind)}`);
  const history = historyOf(stream.events);
  const why = message === undefined ? reasonInWords(history, english) : inEnglish(message);
  const stated = expectation === undefined ? undefined : history.lab.expectation(expectation);
  return {
    status,
    ...(why !== undefined && { message: why }),
    ...(stated && { failed: failureOf(stated) }),
  };
}

/**
 * The same thing, some methods of which do something else: for a fault that the wire cannot make.
 * @example
 * await runLab('my.lab.ts', {
 *   fault: (testbed) => ({
 *     ...testbed,
 *     server: instead(testbed.server, {
 *       run: (name) => testbed.server.run(name, { port: 6001 }),
 *     }),
 *   }),
 * });
 */
export const instead = <T extends object>(thing: T, methods: Partial<T>): T =>
  new Proxy(thing, {
    get: (_thing, key): unknown => {
      if (Object.hasOwn(methods, key)) return Reflect.get(methods, key);
      const part: unknown = Reflect.get(thing, key, thing);
      return typeof part === 'function' ? (part.bind(thing) as unknown) : part;
    },
  });

function labFrom(lab: string | URL | Lab): Promise<Lab> {
  if (typeof lab === 'object' && 'body' in lab) return Promise.resolve(lab);
  return labAt(typeof lab === 'string' && !lab.startsWith('file:') ? lab : fileURLToPath(lab));
}

interface Stated {
  expect: EventOf<'expect'>;
  verdict?: EventOf<'verdict'>;
  step?: { title: Parameters<typeof inEnglish>[0] };
}

function failureOf({ expect, verdict, step }: Stated): Failure {
  const { kind, params, at } = expect;
  return {
    ...{ kind, params, seen: verdict?.seen },
    ...(step && { step: inEnglish(step.title) }),
    ...(at && { at }),
  };
}
