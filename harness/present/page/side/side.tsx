import type { ComponentChildren, JSX, TargetedKeyboardEvent } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Background } from './background.tsx';
import { EventsTable } from './events-table.tsx';
import { Expectations } from './expectations.tsx';
import { Summary } from './summary.tsx';
import { useSay } from '../contexts.ts';
import type { Choosing } from '../view.ts';

const TABS = ['Summary', 'Checks', 'Background', 'Events'] as const;
type Tab = (typeof TABS)[number];

/** What is said of the run: one sheet at a time, its summary first. */
export function Side({ scene, view, pick, choose }: Choosing): JSX.Element {
  const [shown, show] = useState<Tab>('Summary');
  const id = useId();
  const sheet = (tab: Tab, content: ComponentChildren): JSX.Element => (
    <div
      role="tabpanel"
      class="sheet"
      id={`${id}-${tab}`}
      aria-labelledby={`${id}-tab-${tab}`}
      tabIndex={0}
      hidden={tab !== shown}
    >
      {content}
    </div>
  );
  return (
    <section class="side">
      <Tabs {...{ shown, show, id }} />
      {sheet('Summary', <Summary {...{ scene, view, pick, choose }} />)}
      {sheet('Checks', <Expectations {...{ scene, view, choose }} />)}
      {sheet('Background', <Background run={scene.run} />)}
      {sheet('Events', shown === 'Events' && <EventsTable {...{ scene, view, pick }} />)}
    </section>
  );
}

/** As https://www.w3.org/WAI/ARIA/apg/patterns/tabs has them: arrows go from one to the next. */
function Tabs({
  shown,
  show,
  id,
}: {
  shown: Tab;
  show: (tab: Tab) => void;
  id: string;
}): JSX.Element {
  const t = useSay();
  const onKey = ({ key, currentTarget }: TargetedKeyboardEvent<HTMLElement>): void => {
    const by = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    const next = TABS.at((TABS.indexOf(shown) + by) % TABS.length);
    if (by === 0 || next === undefined) return;
    show(next);
    currentTarget.querySelectorAll('button')[TABS.indexOf(next)]?.focus();
  };
  return (
    <div class="tabs" role="tablist" onKeyDown={onKey}>
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`${id}-tab-${tab}`}
          aria-controls={`${id}-${tab}`}
          aria-selected={tab === shown}
          tabIndex={tab === shown ? 0 : -1}
          onClick={() => {
            show(tab);
          }}
        >
          {t(tab)}
        </button>
      ))}
    </div>
  );
}
