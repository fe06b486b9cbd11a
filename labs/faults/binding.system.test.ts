/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import type { Testbed } from '../../harness/index.ts';
import type { Side } from '../../harness/vocabulary/sides.ts';
import { textOf, type Lines } from '../../harness/vocabulary/lines.ts';
import type { SocketShell } from '../../harness/vocabulary/socket-shell.ts';
import bind from '../bind.ts';
import bindMatrix from '../bind-matrix.ts';
import bindRestart from '../bind-restart.ts';
import reuseaddr from '../reuseaddr.ts';
import reuseport from '../reuseport.ts';
import reuseportRestart from '../reuseport-restart.ts';
import { failure, withFault, withOptions } from './fault.fixture.ts';

/** An object some of whose methods are others. */
const having = <T extends object>(it: T, methods: Partial<T>): T =>
  new Proxy(it, {
    get: (_it, key): unknown => {
      const part: unknown = Reflect.get(key in methods ? methods : it, key);
      return typeof part === 'function' ? (part.bind(it) as unknown) : part;
    },
  });

/** Into the server's shells (or the first `most` of them) `instead` is typed where the lab says `call`. */
const typing = (testbed: Testbed, call: string, instead: string, most = Infinity): Testbed => {
  const { server } = testbed;
  const changed = (script: Lines): string => textOf(script).replaceAll(call, instead);
  let shells = 0;
  const shell = async (script: Lines = ''): Promise<SocketShell> => {
    if (++shells > most) return server.shell(script);
    const real = await server.shell(changed(script));
    return having(real, { doesAtOnce: (lines) => real.doesAtOnce(changed(lines)) });
  };
  return { ...testbed, server: having<Side>(server, { shell }) };
};

describe.concurrent(
  'a lab fails when',
  () => {
    test('every port is free to everybody', async ({ expect }) => {
      const sysctls = { server: { 'net.ipv4.ip_unprivileged_port_start': '0' } };
      expect(await failure({ ...bind, sysctls })).toEqual({
        step: 'what bind refuses',
        kind: 'call-returns',
        asked: {
          call: 'bind 6 SERVER:80',
          host: 'server',
          name: 'socket-shell',
          wanted: { code: 'EACCES' },
        },
        saw: { line: 'bind(6, SERVER:80) = 0' },
      });
    });

    test('the old socket has SO_REUSEADDR where the lab says it has not', async ({ expect }) => {
      const lab = withFault(bindMatrix, (testbed) =>
        typing(testbed, 'setsockopt 3 SO_REUSEADDR 0', 'setsockopt 3 SO_REUSEADDR 1', 1),
      );
      expect(await failure(lab)).toEqual({
        step: 'CLOSED, bound: only the new one has it',
        kind: 'call-returns',
        asked: {
          call: 'bind 3 SERVER:6000',
          host: 'server',
          name: 'socket-shell',
          wanted: { code: 'EADDRINUSE' },
        },
        saw: { line: 'bind(3, SERVER:6000) = 0' },
      });
    });

    test('the server sets SO_REUSEADDR where the lab says it does not', async ({ expect }) => {
      const lab = withFault(bindRestart, (testbed) => ({
        ...testbed,
        server: withOptions(testbed.server, { reuseAddr: true }),
      }));
      expect(await failure(lab)).toEqual({
        step: 'in FIN-WAIT-2, the client still open',
        kind: 'program-fails',
        asked: {
          call: 'bind',
          code: 'EADDRINUSE',
          host: 'server',
          name: 'echo-server',
          port: 6000,
        },
        saw: { orphaned: false, recvQ: 0, sendQ: 5, state: 'LISTEN' },
      });
    });

    test('the server does not set SO_REUSEADDR where the lab says it does', async ({ expect }) => {
      const lab = withFault(reuseaddr, (testbed) => ({
        ...testbed,
        server: withOptions(testbed.server, { reuseAddr: false }),
      }));
      expect(await failure(lab)).toEqual({
        step: 'the old server sets it, the new one sets it',
        kind: 'program-listens',
        asked: { host: 'server', name: 'echo-server', port: 6000 },
        saw: { call: 'bind EADDRINUSE', printed: undefined, signal: null, status: 1 },
      });
    });

    test('the old socket has SO_REUSEPORT where the lab says it has not', async ({ expect }) => {
      const lab = withFault(reuseportRestart, (testbed) =>
        typing(testbed, 'setsockopt 3 SO_REUSEPORT 0', 'setsockopt 3 SO_REUSEPORT 1'),
      );
      expect(await failure(lab)).toEqual({
        step: 'the old socket, SO_REUSEPORT 0, in LISTEN and in TIME-WAIT',
        kind: 'call-returns',
        asked: {
          call: 'bind 3 SERVER:6001',
          host: 'server',
          name: 'socket-shell',
          wanted: { code: 'EADDRINUSE' },
        },
        saw: { line: 'bind(3, SERVER:6001) = 0' },
      });
    });

    test('the listeners have SO_REUSEADDR instead of SO_REUSEPORT', async ({ expect }) => {
      const lab = withFault(reuseport, (testbed) =>
        typing(testbed, 'SO_REUSEPORT', 'SO_REUSEADDR'),
      );
      expect(await failure(lab)).toEqual({
        step: undefined,
        kind: 'call-returns',
        asked: {
          call: 'bind 3 SERVER:6000',
          host: 'server',
          name: 'socket-shell',
          wanted: { result: '0' },
        },
        saw: { line: 'bind(3, SERVER:6000) = -1 EADDRINUSE (98)' },
      });
    });
  },
  60_000,
);
