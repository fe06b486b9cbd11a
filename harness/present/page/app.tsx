import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Background } from './ladder/background.tsx';
import { Connections } from './ladder/connections.tsx';
import { Diagram } from './state-diagram/diagram.tsx';
import { Downloads } from './downloads.tsx';
import { EventsTable } from './inspector/events-table.tsx';
import { Expectations, Failures } from './inspector/expectations.tsx';
import { Header } from './header.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { useKeyboard } from './playing/keyboard.ts';
import { Ladder } from './ladder/ladder.tsx';
import { LanguageSwitch, preferred, sayIn, type Language } from './language.tsx';
import { MarksContext } from './contexts.ts';
import { usePlaying } from './playing/playing.ts';
import type { ExpectationRow } from '../ladder/types.ts';
import type { Run } from './run.ts';
import { SayContext } from './contexts.ts';
import { focusFor, marksOf, sceneOf } from './ladder/scene.ts';
import { Transport } from './playing/transport.tsx';
import { Turns } from './ladder/turns.tsx';
import { fromHash, toHash, type Change, type View } from './view.ts';

export function App({ run }: { run: Run }): JSX.Element {
  const [view, setView] = useState<View>(() => begin(run));
  const [language, setLanguage] = useState<Language>(() => preferred(run));
  const say = useMemo(() => sayIn(language, run), [language, run]);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const scene = useMemo(() => sceneOf(run, view.focus), [run, view.focus]);
  const marks = useMemo(() => marksOf(scene, view.expectation), [scene, view.expectation]);
  const change: Change = useCallback((wanted) => {
    setView((old) => ({ ...old, ...(typeof wanted === 'function' ? wanted(old) : wanted) }));
  }, []);
  const pick = (event: number): void => {
    const focus = focusFor(scene, event);
    change({ focus, event, now: scene.timeOf(event), playing: false });
  };
  const choose = (row: ExpectationRow): void => {
    const isChosen = view.expectation === row.id;
    const [first] = row.by;
    change({
      ...(first !== undefined && { focus: focusFor(scene, first) }),
      expectation: isChosen ? undefined : row.id,
      event: isChosen ? undefined : first,
      now: run.ladder.end,
      playing: false,
    });
  };
  useKeyboard(scene, view, change);
  usePlaying(scene, view, change);
  useAddress(run, view, change);
  const event = view.event === undefined ? undefined : run.events[view.event];
  return (
    <SayContext.Provider value={say}>
      <MarksContext.Provider value={marks}>
        <Header
          run={run}
          tools={
            <>
              <LanguageSwitch language={language} choose={setLanguage} />
              <Downloads run={run} />
            </>
          }
        >
          <div>
            <Failures {...{ scene, choose }} />
            <Turns {...{ scene, view, pick }} />
          </div>
        </Header>
        <main>
          <div class="bench">
            <div class="bar">
              <Transport {...{ scene, view, change }} />
              <Connections {...{ run, view, change }} />
            </div>
            <div class="left">
              <Diagram host="server" {...{ scene, view, pick }} />
              <Expectations {...{ scene, view }} choose={choose} />
            </div>
            <Ladder {...{ scene, view, change }} />
            <div class="right">
              <Diagram host="client" {...{ scene, view, pick }} />
              <Inspector {...{ scene, event, pick }} />
            </div>
          </div>
          <div class="background">
            <Background run={run} />
            <EventsTable {...{ scene, view, pick }} />
          </div>
        </main>
      </MarksContext.Provider>
    </SayContext.Provider>
  );
}

/** The whole run, at the connection that the lab is about; or where the address says. */
function begin({ ladder, events }: Run): View {
  const view: View = { focus: ladder.main ?? 'all', now: ladder.end, zoom: 1, playing: false };
  return { ...view, ...placeIn(events, location.hash) };
}

function placeIn(events: Run['events'], hash: string): Partial<View> {
  const place = fromHash(hash);
  if (place === undefined || !('event' in place)) return place ?? {};
  const at = events[place.event];
  return at === undefined ? {} : { event: at.seq, now: at.t };
}

/** The address follows what is looked at, and the other way round: a link leads to the moment. */
function useAddress(run: Run, view: View, change: Change): void {
  const hash = toHash(view, run.ladder.end);
  useEffect(() => {
    if (hash !== location.hash && !view.playing)
      history.replaceState(null, '', hash === '' ? location.pathname : hash);
  }, [hash, view.playing]);
  useEffect(() => {
    const go = (): void => {
      change(placeIn(run.events, location.hash));
    };
    addEventListener('hashchange', go);
    return () => {
      removeEventListener('hashchange', go);
    };
  }, []);
}
