import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { isRight, misconceptionOf, scoreOf, type Answered } from '../../../evidence/answers.ts';
import type { Say } from '../../../texts/say.ts';
import { flagNames } from '../../../tcp/frame/flags.ts';
import {
  choiceInWords,
  gradeInWords,
  misconceptionInWords,
  questionInWords,
  reasonsInWords,
  scoreInWords,
} from '../../../words/quiz.ts';
import { useSay } from '../contexts.ts';
import type { Scene } from '../ladder/scene.ts';
import { numberWords } from '../words.ts';
import { stopsOf, type Stop } from './stops.ts';

/** How far somebody has come: at a stop with some of its questions answered, told what was right, done. */
export interface Quiz {
  stop: Stop | undefined;
  /** Answers at this stop; once all are there, what was right is told. */
  here: readonly Answered[];
  /** All, with those. */
  answers: readonly Answered[];
}

export interface Playing extends Quiz {
  /** From here on nothing is shown, ns; Infinity when all may be. */
  hidden: number;
  answer: (given: number | null) => void;
  next: () => void;
  /** Skips what is asked, or goes to the next stop. */
  goOn: () => void;
}

/** Playing the run of a scene as a quiz, from its beginning; undefined while nobody does. */
export function useQuiz(scene: Scene, isOn: boolean, leave: () => void): Playing | undefined {
  const stops = useRef<Generator<Stop> | undefined>(undefined);
  const [quiz, set] = useState<Quiz | undefined>();
  useEffect(() => {
    stops.current = isOn ? stopsOf(scene) : undefined;
    set(isOn ? begin(stops.current?.next().value as Stop | undefined) : undefined);
  }, [isOn, scene]);
  const nextStop = (now: Quiz): Quiz => ({
    ...now,
    stop: stops.current?.next().value as Stop | undefined,
    here: [],
  });
  const playing = quiz && {
    ...quiz,
    hidden: hiddenFrom(quiz),
    // Keys may come faster than pictures: each goes on from where the one before has led.
    answer: (given: number | null) => {
      set((now) => now && answered(now, given));
    },
    next: () => {
      set((now) => (now !== undefined && isTold(now) ? nextStop(now) : now));
    },
    goOn: () => {
      set((now) => now && (isTold(now) ? nextStop(now) : answered(now, null)));
    },
  };
  useKeys(playing, leave);
  return isOn ? playing : undefined;
}

const begin = (stop: Stop | undefined): Quiz => ({ stop, here: [], answers: [] });

/** Whether all has been answered that is asked at the stop. */
const isTold = ({ stop, here }: Quiz): boolean =>
  stop !== undefined && here.length >= stop.questions.length;

const hiddenFrom = (quiz: Quiz): number =>
  (isTold(quiz) ? quiz.stop?.until : quiz.stop?.t) ?? Infinity;

function answered(quiz: Quiz, given: number | null): Quiz {
  const asked = quiz.stop?.questions[quiz.here.length];
  if (asked === undefined) return quiz;
  if (given !== null && asked.question.choices[given] === undefined) return quiz;
  const one: Answered = { question: asked.question, given, ...asked.grade };
  return { ...quiz, here: [...quiz.here, one], answers: [...quiz.answers, one] };
}

/** Digits answer, Enter skips or goes on, Escape leaves. */
function useKeys(playing: Playing | undefined, leave: () => void): void {
  useEffect(() => {
    if (playing === undefined) return;
    const onKey = (event: KeyboardEvent): void => {
      const { key, target, ctrlKey, metaKey, altKey } = event;
      if (ctrlKey || metaKey || altKey) return;
      // A button that has the focus is pressed by Enter itself.
      if (key === 'Enter' && target instanceof Element && target.matches('button, a, select'))
        return;
      if (key === 'Escape') leave();
      else if (key === 'Enter') playing.goOn();
      else if (/^[1-9]$/.test(key)) playing.answer(Number(key) - 1);
      else return;
      event.preventDefault();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
    };
  });
}

/** What is asked, what was right, and at the end how well it went. */
export function QuizPanel({
  playing,
  scene,
  leave,
}: {
  playing: Playing;
  scene: Scene;
  leave: () => void;
}): JSX.Element {
  const t = useSay();
  const { stop, here, answers } = playing;
  const panel = useRef<HTMLElement>(null);
  // What has been pressed is gone: who reads by ear goes on here.
  useEffect(() => {
    panel.current?.focus();
  }, [stop, here.length]);
  return (
    <section class="side quiz" ref={panel} tabIndex={-1} aria-label={t('Quiz')}>
      <p class="score">
        <b>{t('Quiz')}</b>
        <output>{scoreInWords(scoreOf(answers), t)}</output>
        <button type="button" onClick={leave} title="Escape">
          {t('Leave the quiz')}
        </button>
      </p>
      <div class="sheet" aria-live="polite">
        {stop === undefined ? (
          <Result answers={answers} />
        ) : isTold(playing) ? (
          <Told {...{ here, scene }} next={playing.next} />
        ) : (
          <Asked {...{ stop, scene }} number={here.length} answer={playing.answer} />
        )}
      </div>
    </section>
  );
}

function Asked({
  stop: { row, questions },
  scene,
  number,
  answer,
}: {
  stop: Stop;
  scene: Scene;
  number: number;
  answer: (given: number | null) => void;
}): JSX.Element | null {
  const t = useSay();
  const question = questions[number]?.question;
  if (question === undefined) return null;
  return (
    <>
      {row.kind === 'segment' && (
        <p class="coming">
          {t('about to arrive')} <b>{flagNames(row.segment.flags)}</b> {numberWords(row)}{' '}
          <small>{t('from the {host}', { host: t(row.from) })}</small>
        </p>
      )}
      <h2>{scene.plain(questionInWords(question, scene.run.history, t))}</h2>
      <ol class="choices">
        {question.choices.map((_, index) => (
          <li key={index}>
            <button
              type="button"
              onClick={() => {
                answer(index);
              }}
            >
              <kbd>{index + 1}</kbd> {choiceInWords(question, index, t)}
            </button>
          </li>
        ))}
      </ol>
      <button
        type="button"
        class="go"
        onClick={() => {
          answer(null);
        }}
      >
        {t('Skip')} <kbd>Enter</kbd>
      </button>
    </>
  );
}

function Told({
  here,
  scene,
  next,
}: {
  here: readonly Answered[];
  scene: Scene;
  next: () => void;
}): JSX.Element {
  const t = useSay();
  return (
    <>
      {here.map((one, index) => (
        <Graded key={index} {...{ one, scene, t }} />
      ))}
      <button type="button" class="go" onClick={next}>
        {t('Go on')} <kbd>Enter</kbd>
      </button>
    </>
  );
}

function Graded({ one, scene, t }: { one: Answered; scene: Scene; t: Say }): JSX.Element {
  const right = isRight(one);
  const { history } = scene.run;
  return (
    <div class={`graded ${right === undefined ? 'skipped' : right ? 'right' : 'wrong'}`}>
      <p class="dim">{scene.plain(questionInWords(one.question, history, t))}</p>
      <p>
        <b>
          {right === undefined ? '·' : right ? '✓' : '✗'} {gradeInWords(one, t)}
        </b>
      </p>
      {reasonsInWords(one, history, t).map((reason) => (
        <p key={reason}>{scene.plain(reason)}</p>
      ))}
    </div>
  );
}

function Result({ answers }: { answers: readonly Answered[] }): JSX.Element {
  const t = useSay();
  const wrong = [...new Set(answers.flatMap((one) => misconceptionOf(one) ?? []))];
  if (answers.length === 0) return <p>{t('In this run there is nothing to ask.')}</p>;
  return (
    <>
      <h2>{t('The run is over: {score}', { score: scoreInWords(scoreOf(answers), t) })}</h2>
      {wrong.length > 0 && (
        <ul class="wrong-ideas">
          {wrong.map((name) => (
            <li key={name}>{misconceptionInWords(name, t)}</li>
          ))}
        </ul>
      )}
    </>
  );
}
