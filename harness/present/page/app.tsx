import type { JSX } from 'preact';
import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import { Connections } from './ladder/connections.tsx';
import { MarksContext, SayContext } from './contexts.ts';
import { Ends } from './state-diagram/ends.tsx';
import { Header } from './header.tsx';
import { Inspector } from './inspector/inspector.tsx';
import { useKeyboard } from './playing/keyboard.ts';
import { Ladder } from './ladder/ladder.tsx';
import { Matrix } from './matrix/matrix.tsx';
import { preferred, sayIn, type Language } from './language.tsx';
import { usePlaying } from './playing/playing.ts';
import { QuizPanel, useQuiz } from './quiz/quiz.tsx';
import { sceneUntil } from './quiz/stops.ts';
import { usedQueues } from './queue/queue-rows.ts';
import { Queues } from './queue/queues.tsx';
import type { ExpectationRow } from '../ladder/types.ts';
import type { Run } from './run.ts';
import { focusFor, marksOf, sceneOf } from './ladder/scene.ts';
import { Side } from './side/side.tsx';
import { Transport } from './playing/transport.tsx';
import { fromHash, toHash, type Change, type View } from './view.ts';

/**
 * The whole window: a line about the run, the time, and below them three columns that are scrolled
 * each by itself: both ends, the ladder, and what is said of the run and of the chosen event.
 */
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
  const [isQuiz, setQuiz] = useState(false);
  const leave = useCallback(() => {
    setQuiz(false);
  }, []);
  const quiz = useQuiz(scene, isQuiz, leave);
  useKeyboard(scene, change, !isQuiz);
  usePlaying(scene, view, change);
  useAddress(run, view, change);
  const event = view.event === undefined ? undefined : run.events[view.event];
  if (quiz !== undefined) {
    const shown = sceneUntil(scene, quiz.hidden);
    const at: View = { ...view, now: shown.end, event: quiz.stop?.row.seq, playing: false };
    return (
      <SayContext.Provider value={say}>
        <div class="app">
          <Header {...{ run, language }} chooseLanguage={setLanguage} />
          <div class="bar" />
          <main>
            <div class="ends">
              <Queues {...{ run }} view={at} pick={nothing} />
              <Ends scene={shown} view={at} pick={nothing} />
            </div>
            <div class="middle">
              <Ladder scene={shown} view={at} change={nothing} />
            </div>
            <QuizPanel playing={quiz} scene={scene} leave={leave} />
          </main>
        </div>
      </SayContext.Provider>
    );
  }
  return (
    <SayContext.Provider value={say}>
      <MarksContext.Provider value={marks}>
        <div class="app">
          <Header {...{ run, language }} chooseLanguage={setLanguage} />
          <div class="bar">
            <Transport {...{ scene, view, change }} />
            <Connections {...{ run, view, change }} />
            <button
              type="button"
              class="quiz-begin"
              onClick={() => {
                change({ playing: false, expectation: undefined, ...quizFocus(run) });
                setQuiz(true);
              }}
            >
              {say('Quiz')}
            </button>
          </div>
          <main>
            <div class="ends">
              <Queues {...{ run, view, pick }} />
              <Ends {...{ scene, view, pick }} />
            </div>
            <div class="middle">
              <Matrix {...{ scene, view, pick }} />
              <Ladder {...{ scene, view, change }} />
            </div>
            <Side {...{ scene, view, pick, choose }} />
            <Inspector {...{ scene, event, pick }} />
          </main>
        </div>
      </MarksContext.Provider>
    </SayContext.Provider>
  );
}

/** How many connections a reader can follow at once. */
const FEW = 12;

/** What a queue does to one connection depends on the others. */
const quizFocus = ({ ladder, history }: Run): Partial<View> =>
  usedQueues(history).length > 0 && ladder.connections.length <= FEW ? { focus: 'all' } : {};

/** While somebody is asked, nothing leads elsewhere. */
const nothing = (): void => undefined;

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
