import { expect, test } from 'vitest';
import { storedRun } from '../present/ladder/stored-run.fixture.ts';
import { courseOf } from './ends.ts';
import { connectionsOfCalls } from './descriptors.ts';
import { historyOf } from './history.ts';

const portsOf = (name: Parameters<typeof storedRun>[0]): string[] => {
  const events = storedRun(name);
  const history = historyOf(events);
  const { connections } = courseOf(history);
  const about = connectionsOfCalls(history, connections.inOrder);
  return events.flatMap((event) => {
    if (event.type !== 'call' || event.phase !== 'return') return [];
    const port = about.get(event.seq)?.client.port;
    return [`${event.host} ${event.call}(${event.args[0] ?? ''}) ${port ?? '-'}`];
  });
};

test('a descriptor is the connection that connect() began, or accept() returned', () => {
  const calls = portsOf('lost-last-ack');
  expect(calls).toContain('client connect(3) 51582');
  expect(calls).toContain('client connect(3) 36354');
  expect(calls).toContain('server accept(3) 51582');
  expect(calls).toContain('server shutdown(4) 36354');
});

test('a listener is none, and nor is a descriptor that was closed', () => {
  const calls = portsOf('lost-last-ack');
  expect(calls).toContain('server listen(3) -');
  expect(calls).toContain('server close(3) -');
  expect(calls.filter((call) => call.startsWith('server bind'))).toEqual([
    'server bind(3) -',
    'server bind(3) -',
  ]);
});
