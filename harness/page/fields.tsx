import type { JSX } from 'preact';

/** The bytes of a frame, 16 a line. */
export function decodeFields(frame: Uint8Array): JSX.Element {
  const lines = Array.from({ length: Math.ceil(frame.length / 16) }, (_, line) => {
    const octets = [...frame.subarray(line * 16, line * 16 + 16)];
    const hex = octets.map((octet) => octet.toString(16).padStart(2, '0')).join(' ');
    return `${(line * 16).toString(16).padStart(4, '0')}  ${hex}`;
  });
  return <pre class="bytes">{lines.join('\n')}</pre>;
}
