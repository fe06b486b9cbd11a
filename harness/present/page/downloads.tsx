import type { JSX } from 'preact';
import { HOSTS, type HostName } from '../../evidence/events.ts';
import type { Run } from './run.ts';

/** Both captures, for Wireshark. */
export const Downloads = ({ run }: { run: Run }): JSX.Element => (
  <span class="downloads">
    {HOSTS.map((host) => (
      <button key={host} type="button" onClick={() => void save(run, host)}>
        ↓ {host}.pcap
      </button>
    ))}
  </span>
);

async function save({ pcaps }: Run, host: HostName): Promise<void> {
  const bytes = await pcaps[host].file();
  const blob = new Blob([bytes.slice()], { type: 'application/vnd.tcpdump.pcap' });
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = `${host}.pcap`;
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(link.href);
  }, 60_000);
}
