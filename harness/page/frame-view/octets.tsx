import type { JSX } from 'preact';
import type { Say } from '../../texts/say.ts';
import { isPrintable } from '../fields/text.ts';

const ROW = 16;
/** More than the largest frame of a link with the usual MTU. */
const MOST = 2048;

export interface Range {
  begin: number;
  end: number;
}

/** The octets of a frame, hexadecimal and in letters; those of `marked` stand out. */
export function Octets(props: {
  frame: Uint8Array;
  marked: Range;
  t: Say;
  hover: (octet: number | undefined) => void;
  choose: (octet: number) => void;
}): JSX.Element {
  const { frame, marked, t, hover, choose } = props;
  const shown = frame.subarray(0, MOST);
  const rows = Array.from({ length: Math.ceil(shown.length / ROW) }, (_, row) => row * ROW);
  const octet = ({ target }: Event): number | undefined => {
    const at = target instanceof HTMLElement ? target.dataset['at'] : undefined;
    return at === undefined ? undefined : Number(at);
  };
  return (
    <div class="octets">
      <div
        class="dump"
        aria-hidden="true"
        onMouseOver={(event) => {
          hover(octet(event));
        }}
        onMouseLeave={() => {
          hover(undefined);
        }}
        onClick={(event) => {
          const at = octet(event);
          if (at !== undefined) choose(at);
        }}
      >
        {rows.map((begin) => (
          <Row
            key={begin}
            begin={begin}
            octets={shown.subarray(begin, begin + ROW)}
            marked={marked}
          />
        ))}
      </div>
      {frame.length > MOST && <p>{t('and {n} octets more', { n: frame.length - MOST })}</p>}
      <output aria-live="polite">{inWords(frame, marked, t)}</output>
    </div>
  );
}

function Row({
  begin,
  octets,
  marked,
}: {
  begin: number;
  octets: Uint8Array;
  marked: Range;
}): JSX.Element {
  const cell = (octet: number, i: number, text: string): JSX.Element => {
    const at = begin + i;
    const isMarked = at >= marked.begin && at < marked.end;
    return (
      <span key={at} data-at={at} class={isMarked ? 'marked' : ''}>
        {text}
      </span>
    );
  };
  return (
    <div class="line">
      <span class="offset">{begin.toString(16).padStart(4, '0')}</span>
      <span class="hex">{[...octets].map((octet, i) => cell(octet, i, hex(octet)))}</span>
      <span class="letters">
        {[...octets].map((octet, i) =>
          cell(octet, i, isPrintable(octet) ? String.fromCharCode(octet) : '·'),
        )}
      </span>
    </div>
  );
}

const hex = (octet: number): string => octet.toString(16).padStart(2, '0');

/** As many octets as are worth hearing. */
const HEARD = 16;

function inWords(frame: Uint8Array, { begin, end }: Range, t: Say): string {
  if (begin === end) return t('no octets');
  const octets = [...frame.subarray(begin, Math.min(end, begin + HEARD))].map(hex).join(' ');
  const text = `${octets}${end - begin > HEARD ? ' ...' : ''}`;
  return end - begin === 1
    ? t('octet {begin}: {octets}', { begin, octets: text })
    : t('octets {begin} to {last}: {octets}', { begin, last: end - 1, octets: text });
}
