import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** As much of a Docker daemon as a run's beginning and end ask for. Nothing runs in its containers. */
export interface FakeDaemon {
  /** For DOCKER_HOST. */
  host: string;
  /** `POST /containers/create`, in the order in which they came. */
  requests: string[];
  /** Names of the containers that it has. */
  containers: Set<string>;
  /** Requests that it takes and never answers. */
  ignores: RegExp;
  close(): Promise<void>;
}

export async function fakeDaemon(ignores = /^$/): Promise<FakeDaemon> {
  const dir = await mkdtemp(join(tmpdir(), 'socket-lab-test-'));
  const containers = new Map<string, Container>();
  const server = createServer((request, response) => {
    const { method = '', url = '' } = request;
    const path = url.split('?', 1)[0] ?? '';
    const [, id = ''] = /^\/containers\/([0-9a-f]{64})/.exec(path) ?? [];
    daemon.requests.push(`${method} ${path}`);
    const answer = (value: unknown, status = 200): void => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(value));
    };
    request.resume().on('end', () => {
      if (daemon.ignores.test(`${method} ${path}`)) return;
      if (path === '/_ping') answer('OK');
      else if (path === '/version') answer({ Version: '1', Arch: 'amd64', KernelVersion: '6.18' });
      else if (path.startsWith('/images/')) answer({});
      else if (path === '/containers/json') answer([]);
      else if (path === '/containers/create') {
        const created = randomBytes(32).toString('hex');
        containers.set(created, { sockets: [], removed: [] });
        answer({ Id: created }, 201);
      } else if (containers.get(id) === undefined) answer({ message: 'No such container' }, 404);
      else if (method === 'DELETE') {
        const { sockets = [], removed = [] } = containers.get(id) ?? {};
        containers.delete(id);
        for (const socket of sockets) socket.destroy();
        for (const tell of removed) tell();
        response.writeHead(204).end();
      } else if (path.endsWith('/wait')) {
        containers.get(id)?.removed.push(() => {
          answer({ StatusCode: 137 });
        });
      } else if (path.endsWith('/json')) answer({ State: { Pid: 1 } });
      else response.writeHead(204).end();
    });
  });
  server.on('upgrade', ({ url = '' }, socket: Socket) => {
    const [, id = ''] = /^\/containers\/([0-9a-f]{64})\/attach/.exec(url) ?? [];
    daemon.requests.push(`POST /containers/${id}/attach`);
    if (daemon.ignores.test(`POST /containers/${id}/attach`)) return;
    containers.get(id)?.sockets.push(socket);
    socket.on('error', () => undefined).resume();
    socket.write('HTTP/1.1 101 UPGRADED\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n\r\n');
  });
  const connections: Socket[] = [];
  server.on('connection', (connection) => connections.push(connection));
  const path = join(dir, 'docker.sock');
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const daemon: FakeDaemon = {
    host: `unix://${path}`,
    requests: [],
    get containers() {
      return new Set(containers.keys());
    },
    ignores,
    close: async () => {
      for (const connection of connections) connection.destroy();
      await new Promise((resolve) => server.close(resolve));
      await rm(dir, { recursive: true });
    },
  };
  return daemon;
}

interface Container {
  /** Of those who are attached. */
  sockets: Socket[];
  /** Told when it is removed. */
  removed: (() => void)[];
}
