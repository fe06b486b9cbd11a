import type { Frame } from '../tcp/capture/pcap.ts';
import { decodeFrame } from '../tcp/frame/decode.ts';
import { markerNonce } from '../wire/marker.ts';
import type { MarkerEvent, HostName, PacketEvent } from './events.ts';

/** Where a capture was made: at a host with this link address. */
export interface Place {
  host: HostName;
  mac: string;
}

/** What a frame of a host's capture is as an event. `linkType` is the capture's. */
export function eventOfFrame(
  { index, data, originalLength }: Omit<Frame, 'time'>,
  linkType: number,
  { host, mac }: Place,
): PacketEvent | MarkerEvent {
  const decoded = decodeFrame(data, linkType, originalLength - data.length);
  const { ether, outgoing = ether?.src === mac } = decoded;
  const direction = outgoing ? 'out' : 'in';
  const place = { host, frame: index };
  if (decoded.kind === 'tcp')
    return { type: 'packet', ...place, direction, segment: decoded.segment };
  const nonce =
    decoded.kind === 'other' && decoded.payload !== undefined
      ? markerNonce(decoded.payload)
      : undefined;
  if (nonce !== undefined) {
    const from = (direction === 'out') === (host === 'server') ? 'server' : 'client';
    return { type: 'marker', ...place, from, nonce };
  }
  const other = decoded.kind === 'other' ? decoded.summary : `malformed: ${decoded.reason}`;
  return { type: 'packet', ...place, direction, other };
}
