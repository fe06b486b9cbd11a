import type { Asked, Kind } from '../evidence/expectations.ts';
import { english } from '../texts/say.ts';
import { askedInWords } from '../words/verdicts.ts';
import { expect, test } from 'vitest';
import { Stream } from '../evidence/stream.ts';
import type { Expectation } from '../expect/expectation.ts';
import { Program } from './program.ts';
import type { Session } from './session.ts';
import { SocketShell } from './socket-shell.ts';

/** A shell whose kernel gives these results, and what it is told and held to. */
function shellWith(...results: string[]) {
  const typed: string[] = [];
  const expected: string[] = [];
  const host = (address: string) => ({ address, mac: '', sysctls: {} });
  const session: Session = {
    stream: new Stream(),
    facts: { server: host('10.0.0.1'), client: host('10.0.0.2') },
    slow: false,
    perform: (op, at, args) => {
      typed.push(`${op} ${at}: ${(args as { text: string }).text}`);
      return Promise.resolve(null);
    },
    judge: <T, K extends Kind>({ kind, params }: Expectation<T, K>) => {
      expected.push(askedInWords({ kind, params } as Asked, english));
      return Promise.resolve(results.shift() as T);
    },
    step: (_title, body) => body(),
  };
  const ref = { host: 'client', program: 2, name: 'socket-shell' } as const;
  const shell = new SocketShell(session, new Program(session, ref, { port: 0, pid: 7 }));
  return { shell, typed, expected };
}

test('a socket that connects from a port of its own and is not waited for', async () => {
  const { shell, typed, expected } = shellWith('5', '0', '0', '-1 EINPROGRESS (115)');
  expect(await shell.connecting('server:6000', 'client:7001')).toBe('5');
  expect(typed).toEqual([
    'type client: socket\n',
    'type client: bind 5 10.0.0.2:7001\n',
    'type client: nonblock 5\n',
    'type client: connect 5 10.0.0.1:6000\n',
  ]);
  expect(expected).toEqual([
    "'socket' at the client to succeed",
    "'bind 5 10.0.0.2:7001' at the client to succeed",
    "'nonblock 5' at the client to succeed",
    "'connect 5 10.0.0.1:6000' at the client to fail with EINPROGRESS",
  ]);
});

test("a socket that connects from a port of the kernel's choice", async () => {
  const { shell, typed } = shellWith('3', '0', '-1 EINPROGRESS (115)');
  expect(await shell.connecting('client:7000')).toBe('3');
  expect(typed).toEqual([
    'type client: socket\n',
    'type client: nonblock 3\n',
    'type client: connect 3 10.0.0.2:7000\n',
  ]);
});

test('a script with a misspelt call types none of its calls', async () => {
  const { shell, typed } = shellWith('3');
  const does = shell.does(['socket = 3', 'lisen 3 5 = 0']);
  await expect(does).rejects.toThrow("'lisen 3 5': unknown call 'lisen'; did you mean 'listen'?");
  const atOnce = shell.doesAtOnce(['socket = 3', 'close']);
  await expect(atOnce).rejects.toThrow("'close': a call is written: close FD");
  expect(() => shell.call('acept 3')).toThrow("did you mean 'accept'?");
  expect(typed).toEqual([]);
});

test('calls that are typed at once are held to their results one by one', async () => {
  const { shell, typed, expected } = shellWith('3', '0', '-1 EADDRINUSE (98)', '4');
  const script = `
    socket              = 3
    bind 3 client:6000
    bind 3 client:6001  = EADDRINUSE`;
  expect(await shell.doesAtOnce(script)).toEqual(['3', '0', '-1 EADDRINUSE (98)']);
  expect(typed).toEqual(['type client: socket\nbind 3 10.0.0.2:6000\nbind 3 10.0.0.2:6001\n']);
  expect(expected).toEqual([
    "'socket' at the client to return 3",
    "'bind 3 10.0.0.2:6000' at the client to succeed",
    "'bind 3 10.0.0.2:6001' at the client to fail with EADDRINUSE",
  ]);
  // The next call's result is the next line.
  await shell.does('socket = 4');
  expect(typed[1]).toBe('type client: socket\n');
});
