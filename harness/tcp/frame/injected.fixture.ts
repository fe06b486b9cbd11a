import fc from 'fast-check';
import type { Endpoint } from '../segment.ts';

/** The link addresses that `ethernet` of fixtures.ts uses. */
export const LINK = { src: '02:00:00:00:00:01', dst: '02:00:00:00:00:02' };

const uint32 = fc.nat(0xffff_ffff);
const uint16 = fc.nat(0xffff);
const text = fc.stringMatching(/^[ !#-~]{0,40}$/);

const given = fc.record(
  {
    ack: uint32,
    win: uint16,
    mss: uint16,
    wscale: fc.nat(0xff),
    tsval: uint32,
    tsecr: uint32,
    sackOK: fc.constant(true),
    data: fc.oneof(fc.nat(1400), text),
  },
  { requiredKeys: [] },
);
const flags = fc.constantFrom('S', 'S.', '.', 'P.', 'F.', 'FP.', 'R', 'R.', 'none', 'FSRP.UEWe');

/** What a lab may write. */
export const injected = fc
  .record({ flags, seq: uint32, given })
  .map(({ flags, seq, given: { ack, data, sackOK, ...rest } }) => {
    const acknowledged = flags.includes('.') && ack !== undefined ? { ack } : {};
    const numbers = Object.entries({ seq, ...acknowledged, ...rest });
    const last = data === undefined ? [] : [typeof data === 'number' ? `len=${data}` : `"${data}"`];
    const conditions = numbers.map(([name, value]) => `${name}=${value}`);
    const words = [flags, ...conditions, ...(sackOK ? ['sackOK'] : []), ...last];
    return words.join(' ');
  });

const port = fc.integer({ min: 1, max: 0xffff });
const address = fc.tuple(fc.nat(255), fc.nat(255), fc.nat(255), fc.nat(255));
export const endpoint: fc.Arbitrary<Endpoint> = fc
  .record({ address, port })
  .map(({ address, port }) => ({ address: address.join('.'), port }));
