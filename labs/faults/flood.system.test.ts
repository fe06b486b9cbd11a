/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, test } from 'vitest';
import timeWaitFlood from '../time-wait-flood.ts';
import socketCensus from '../socket-census.ts';
import twBuckets from '../tw-buckets.ts';
import twReuse from '../tw-reuse.ts';
import { failure, withFault } from './fault.fixture.ts';

const PORTS = 'net.ipv4.ip_local_port_range';

describe.concurrent(
  'a lab fails when',
  () => {
    test('the kernel has fewer ports to choose from', async ({ expect }) => {
      const sysctls = { client: { [PORTS]: '30000 30009' } };
      expect(await failure({ ...timeWaitFlood, sysctls })).toEqual({
        step: 'connect and close, until connect fails',
        kind: 'program-prints',
        asked: { host: 'client', line: 'made 250', name: 'flood-client' },
        saw: { call: 'connect EADDRNOTAVAIL', printed: 'made 10', signal: null, status: 1 },
      });
    });

    test('the client has connected before', async ({ expect }) => {
      const lab = withFault(timeWaitFlood, async (testbed) => {
        const cli = await testbed.client.shell('socket = 3');
        await cli.does('connect 3 server:6000 = ECONNREFUSED');
        return testbed;
      });
      expect(await failure(lab)).toEqual({
        step: 'connect and close, until connect fails',
        kind: 'counter',
        asked: { host: 'client', name: 'TcpActiveOpens', value: 250 },
        saw: { value: 251 },
      });
    });

    test('the client has a connection more', async ({ expect }) => {
      const lab = withFault(socketCensus, async (testbed) => {
        await testbed.server.run('echo-server', { port: 7000 });
        await testbed.client.run('echo-client', { port: 7000 });
        await testbed.expect(testbed.wire).connection();
        return testbed;
      });
      expect(await failure(lab)).toEqual({
        step: 'those that stand still by themselves',
        kind: 'sockets',
        asked: {
          counts: { 'CLOSE-WAIT': 2, ESTABLISHED: 3, 'FIN-WAIT-2': 1, LISTEN: 1, 'TIME-WAIT': 1 },
          host: 'client',
        },
        saw: {
          counts: { 'CLOSE-WAIT': 2, ESTABLISHED: 4, 'FIN-WAIT-2': 1, LISTEN: 1, 'TIME-WAIT': 1 },
        },
      });
    });

    test('there is room for two TIME-WAITs', async ({ expect }) => {
      const sysctls = { client: { 'net.ipv4.tcp_max_tw_buckets': '2' } };
      expect(await failure({ ...twBuckets, sysctls })).toEqual({
        step: 'no room for a second',
        kind: 'end-gone',
        asked: { host: 'client' },
        saw: { orphaned: true, recvQ: 0, sendQ: 0, state: 'TIME-WAIT' },
      });
    });

    test('a TIME-WAIT makes way at the client, too', async ({ expect }) => {
      const client = { ...twReuse.sysctls?.client, 'net.ipv4.tcp_tw_reuse': '1' };
      expect(await failure({ ...twReuse, sysctls: { ...twReuse.sysctls, client } })).toEqual({
        step: 'more than a second later',
        kind: 'program-prints',
        asked: { host: 'client', line: 'made 0', name: 'flood-client' },
        saw: { call: 'connect EADDRNOTAVAIL', printed: 'made 1', signal: null, status: 1 },
      });
    });

    test.for([
      { sysctl: 'net.ipv4.tcp_tw_reuse', value: '2' },
      { sysctl: 'net.ipv4.tcp_timestamps', value: '0' },
    ])('a TIME-WAIT keeps its place: $sysctl is $value', async ({ sysctl, value }, { expect }) => {
      const server = { ...twReuse.sysctls?.server, [sysctl]: value };
      const sysctls = { ...twReuse.sysctls, server };
      expect(await failure({ ...twReuse, sysctls })).toEqual({
        step: 'more than a second later',
        kind: 'program-prints',
        asked: { host: 'server', line: 'made 1', name: 'flood-client' },
        saw: { call: 'connect EADDRNOTAVAIL', printed: 'made 0', signal: null, status: 1 },
      });
    });
  },
  60_000,
);
