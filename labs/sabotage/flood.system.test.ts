/** Labs have teeth: in a world that is not as a lab says, the lab fails, and says what is wrong. */
import { describe, expect, test } from 'vitest';
import timeWaitFlood from '../time-wait-flood.ts';
import twReuse from '../tw-reuse.ts';
import { failure, sabotaged } from './sabotaged.fixture.ts';

const PORTS = 'net.ipv4.ip_local_port_range';

describe.concurrent(
  'a lab fails when',
  () => {
    test('the kernel has fewer ports to choose from', async () => {
      const sysctls = { client: { [PORTS]: '30000 30009' } };
      expect(await failure({ ...timeWaitFlood, sysctls })).toBe(
        'expected the client\'s flood-client to print "made 2000", saw it print "made 10", connect(3, SERVER:6000) = -1 EADDRNOTAVAIL (99), exit status 1',
      );
    });

    test('the client has connected before', async () => {
      const lab = sabotaged(timeWaitFlood, async (bench) => {
        const cli = await bench.client.shell('socket = 3');
        await cli.does('connect 3 server:6000 = ECONNREFUSED');
        return bench;
      });
      expect(await failure(lab)).toBe("expected the client's TcpActiveOpens to be 2000, saw 2001");
    });

    test('a TIME-WAIT makes way at the client, too', async () => {
      const client = { ...twReuse.sysctls?.client, 'net.ipv4.tcp_tw_reuse': '1' };
      expect(await failure({ ...twReuse, sysctls: { ...twReuse.sysctls, client } })).toBe(
        'expected the client\'s flood-client to print "made 0", saw it print "made 1", connect(3, SERVER:5000) = -1 EADDRNOTAVAIL (99), exit status 1',
      );
    });

    test.each([
      { sysctl: 'net.ipv4.tcp_tw_reuse', value: '2' },
      { sysctl: 'net.ipv4.tcp_timestamps', value: '0' },
    ])('a TIME-WAIT keeps its place: $sysctl is $value', async ({ sysctl, value }) => {
      const server = { ...twReuse.sysctls?.server, [sysctl]: value };
      const sysctls = { ...twReuse.sysctls, server };
      expect(await failure({ ...twReuse, sysctls })).toBe(
        'expected the server\'s flood-client to print "made 1", saw it print "made 0", connect(3, CLIENT) = -1 EADDRNOTAVAIL (99), exit status 1',
      );
    });
  },
  60_000,
);
