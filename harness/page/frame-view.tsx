import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { Say } from '../texts/say.ts';
import { fieldsOf, type Field } from './decode-fields.ts';
import { FieldTree } from './frame-view/field-tree.tsx';
import { Octets, type Range } from './frame-view/octets.tsx';
import { aboveOf, pathAt, rowsOf } from './frame-view/rows.ts';

export interface FrameViewProps {
  frame: Uint8Array;
  /** The pcap's; Ethernet by default. */
  linkType?: number;
  t: Say;
}

/** A frame: its fields as a tree, and its octets, those of the field that is looked at marked. */
export function FrameView({ frame, linkType, t }: FrameViewProps): JSX.Element {
  const fields = useMemo(() => fieldsOf(frame, linkType), [frame, linkType]);
  const [chosen, setChosen] = useState(() => firstShown(fields));
  const [open, setOpen] = useState<ReadonlySet<string>>(() => new Set([firstShown(fields)]));
  const [hovered, setHovered] = useState<string>();
  const rows = rowsOf(fields, open);
  const marked = hovered ?? chosen;
  const toggle = (path: string): void => {
    setOpen(toggled(open, path));
  };
  return (
    <div class="frame-view">
      <FieldTree {...{ rows, chosen, marked, t, toggle }} choose={setChosen} hover={setHovered} />
      <Octets
        {...{ frame, t }}
        marked={rangeOf(fields, marked)}
        hover={(octet) => {
          setHovered(octet === undefined ? undefined : pathAt(fields, octet));
        }}
        choose={(octet) => {
          const path = pathAt(fields, octet);
          if (path === undefined) return;
          setOpen(new Set([...open, ...aboveOf(path)]));
          setChosen(path);
        }}
      />
    </div>
  );
}

/** What a lab is about is open at first. */
const firstShown = (fields: readonly Field[]): string =>
  String(
    Math.max(
      0,
      fields.findIndex(({ name }) => name === 'TCP'),
    ),
  );

function toggled(open: ReadonlySet<string>, path: string): ReadonlySet<string> {
  const next = new Set(open);
  if (!next.delete(path)) next.add(path);
  return next;
}

function rangeOf(fields: readonly Field[], path: string): Range {
  const [index = '', ...rest] = path.split('.');
  const field = fields[Number(index)];
  if (field === undefined) return { begin: 0, end: 0 };
  return rest.length === 0 ? field : rangeOf(field.children ?? [], rest.join('.'));
}
