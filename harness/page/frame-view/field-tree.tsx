import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import type { Say } from '../../texts/say.ts';
import type { FieldRow } from './rows.ts';
import { turnFor } from './rows.ts';

/** The fields as a tree; the chosen one has the keyboard. */
export function FieldTree(props: {
  rows: readonly FieldRow[];
  chosen: string;
  marked: string;
  t: Say;
  choose: (path: string) => void;
  toggle: (path: string) => void;
  hover: (path: string | undefined) => void;
}): JSX.Element {
  const { rows, chosen, marked, t, choose, toggle, hover } = props;
  const tree = useRef<HTMLUListElement>(null);
  useEffect(() => {
    // Only the keyboard moves the keyboard: choosing an octet does not.
    if (tree.current?.contains(document.activeElement) !== true) return;
    tree.current.querySelector<HTMLElement>('[tabindex="0"]')?.focus();
  }, [chosen]);
  const onKeyDown = (event: KeyboardEvent): void => {
    const turn = turnFor(event.key, rows, chosen);
    if (turn === undefined || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    if (turn.to !== undefined) choose(turn.to);
    if (turn.toggle !== undefined) toggle(turn.toggle);
  };
  return (
    <ul
      ref={tree}
      role="tree"
      aria-label={t('Fields of the frame')}
      class="fields"
      onKeyDown={onKeyDown}
      onMouseLeave={() => {
        hover(undefined);
      }}
    >
      {rows.map((row) => (
        <FieldLine
          key={row.path}
          row={row}
          t={t}
          isChosen={row.path === chosen}
          isMarked={row.path === marked}
          onHover={() => {
            hover(row.path);
          }}
          onClick={() => {
            choose(row.path);
            if (row.isOpen !== undefined) toggle(row.path);
          }}
        />
      ))}
    </ul>
  );
}

function FieldLine(props: {
  row: FieldRow;
  t: Say;
  isChosen: boolean;
  isMarked: boolean;
  onHover: () => void;
  onClick: () => void;
}): JSX.Element {
  const { row, t, isChosen, isMarked, onHover, onClick } = props;
  const { field, level, position, siblings, isOpen } = row;
  return (
    <li
      role="treeitem"
      class={`level-${level} ${isMarked ? 'marked' : ''}`}
      aria-level={level}
      aria-posinset={position}
      aria-setsize={siblings}
      aria-expanded={isOpen}
      aria-selected={isChosen}
      tabIndex={isChosen ? 0 : -1}
      onMouseEnter={onHover}
      onClick={onClick}
    >
      <span class="twist" aria-hidden="true">
        {isOpen === undefined ? '' : isOpen ? '▾' : '▸'}
      </span>
      <span class="name">{t(field.name)}</span> <span class="value">{t(field.value)}</span>
      {field.note !== undefined && (
        <span class={`note ${field.note.startsWith('wrong') ? 'wrong' : ''}`}>
          {' '}
          {t(field.note)}
        </span>
      )}
    </li>
  );
}
