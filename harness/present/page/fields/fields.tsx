import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Field } from './words.ts';
import type { Frame } from '../run.ts';
import { useSay } from '../contexts.ts';

type Extent = Pick<Field, 'begin' | 'end'>;

/** A frame's fields, layer by layer, and its octets: pointing at the one shows the other. */
export function Fields({ frame: { octets, fields } }: { frame: Frame }): JSX.Element {
  const [shown, show] = useState<Extent>();
  return (
    <>
      <ul class="fields">
        {fields.map((field) => (
          <FieldItem key={field.begin} field={field} show={show} open={field.is !== 'ethernet'} />
        ))}
      </ul>
      <Octets octets={octets} shown={shown} />
    </>
  );
}

function FieldItem({
  field,
  show,
  open,
}: {
  field: Field;
  show: (extent: Extent | undefined) => void;
  open: boolean;
}): JSX.Element {
  const t = useSay();
  const { name, value, note, children = [] } = field;

  const words = (
    <span
      class="field"
      tabIndex={children.length === 0 ? 0 : undefined}
      onMouseEnter={() => {
        show(field);
      }}
      onFocus={() => {
        show(field);
      }}
    >
      <span class="name">{t(name)}</span> <span class="value">{t(value)}</span>
      {note !== undefined && <em class="note"> {t(note)}</em>}
    </span>
  );
  if (children.length === 0) return <li>{words}</li>;
  return (
    <li>
      <details open={open}>
        <summary>{words}</summary>
        <ul>
          {children.map((child) => (
            <FieldItem key={`${child.is} ${child.begin}`} field={child} show={show} open={false} />
          ))}
        </ul>
      </details>
    </li>
  );
}

/** Octets a line. */
const LINE = 16;

function Octets({ octets, shown }: { octets: Uint8Array; shown: Extent | undefined }): JSX.Element {
  const lines = Array.from({ length: Math.ceil(octets.length / LINE) }, (_, n) => n * LINE);
  return (
    <pre class="octets">
      {lines.map((at) => (
        <span key={at} class="line">
          <i>{at.toString(16).padStart(4, '0')}</i>
          {[...octets.subarray(at, at + LINE)].map((octet, n) => (
            <span key={n} class={isIn(at + n, shown) ? 'lit' : ''}>
              {octet.toString(16).padStart(2, '0')}
            </span>
          ))}
        </span>
      ))}
    </pre>
  );
}

const isIn = (at: number, extent: Extent | undefined): boolean =>
  extent !== undefined && at >= extent.begin && at < extent.end;
