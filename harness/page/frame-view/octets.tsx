import type { JSX, RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Say } from '../../texts/say.ts';
import { isPrintable } from '../fields/text.ts';

/** Octets in a line: as many as there is room for. */
const [ROW, HALF_ROW] = [16, 8];
/** A line of sixteen is so wide, in widths of a letter. */
const LETTERS = 72;
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
  const box = useRef<HTMLDivElement>(null);
  const width = useRoom(box);
  const shown = frame.subarray(0, MOST);
  const rows = Array.from({ length: Math.ceil(shown.length / width) }, (_, row) => row * width);
  const octet = ({ target }: Event): number | undefined => {
    const at = target instanceof HTMLElement ? target.dataset['at'] : undefined;
    return at === undefined ? undefined : Number(at);
  };
  return (
    <div class="octets" ref={box}>
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
            octets={shown.subarray(begin, begin + width)}
            marked={marked}
          />
        ))}
      </div>
      {frame.length > MOST && <p>{t('and {n} octets more', { n: frame.length - MOST })}</p>}
      <output aria-live="polite">{inWords(frame, marked, t)}</output>
    </div>
  );
}

/** How many octets a line has room for in the element around this one. */
function useRoom(box: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(ROW);
  useLayoutEffect(() => {
    const [own, around] = [box.current, box.current?.parentElement];
    if (!own || !around) return;
    const measure = (): void => {
      const letter = parseFloat(getComputedStyle(own).fontSize) * 0.6;
      setWidth(around.clientWidth < LETTERS * letter ? HALF_ROW : ROW);
    };
    const observer = new ResizeObserver(measure);
    observer.observe(around);
    return () => {
      observer.disconnect();
    };
  }, [box]);
  return width;
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
