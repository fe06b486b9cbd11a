import type { Grade, Question } from '../../../evidence/answers.ts';
import type { History } from '../../../history/history.ts';
import { bindQuestion, gradeOf, questionsAt } from '../../../quiz/quiz.ts';
import type { CallRow, SegmentRow } from '../../ladder/types.ts';
import type { Scene } from '../ladder/scene.ts';

/** Where the quiz stops: before a segment arrives, or before bind() returns. */
export interface Stop {
  row: SegmentRow | CallRow;
  /** What happens from then on is hidden, ns since the run began. */
  t: number;
  /** What happens from then on is hidden when it has been answered. */
  until: number;
  /** Each with what the run has shown of it. */
  questions: readonly { question: Question; grade: Grade }[];
}

/** What may be asked of these rows, in order; made one after the other, for a run may be long. */
export function* stopsOf({ rows, run }: Scene): Generator<Stop> {
  const places = rows.flatMap((row) => {
    const t = timeOf(row);
    return t === undefined ? [] : [{ row: row as Stop['row'], t }];
  });
  places.sort((a, b) => a.t - b.t);
  for (const [index, { row, t }] of places.entries()) {
    const next = places[index + 1]?.t ?? Infinity;
    const asked =
      row.kind === 'call' ? ofBind(row, run.history) : questionsAt(run.history, seqOf(row), t);
    const questions = asked.flatMap((question) => {
      const grade = gradeOf(question, run.history, untilFor(question, places, index));
      return grade === undefined || grade.right.length === 0 ? [] : [{ question, grade }];
    });
    if (questions.length > 0) yield { row, t, until: next, questions };
  }
}

/** Of what is asked about: when it arrives, or returns. */
function timeOf(row: Scene['rows'][number]): number | undefined {
  if (row.kind === 'segment') return row.again || row.inside ? undefined : row.arrived?.t;
  return row.kind === 'call' && row.call === 'bind' && !row.blocks ? row.t : undefined;
}

const seqOf = ({ arrived, seq }: SegmentRow): number => arrived?.seq ?? seq;

function ofBind({ seq, t, host }: CallRow, history: History): Question[] {
  const event = history.events[seq];
  const port = event?.type === 'call' ? /:(\d+)$/.exec(String(event.args[1]))?.[1] : undefined;
  if (event?.type !== 'call' || port === undefined) return [];
  const doings = history.programs.of(event.program);
  const reuseAddr = (doings?.returned ?? []).some(
    ({ return: one }) =>
      one?.call === 'setsockopt' &&
      one.t <= t &&
      one.args[0] === event.args[0] &&
      one.args.includes('SO_REUSEADDR'),
  );
  const about = { host, port: Number(port), reuseAddr, after: seq - 1, t };
  return [bindQuestion(history, about) ?? []].flat();
}

type Places = readonly Pick<Stop, 'row' | 't'>[];

/** Up to when it counts: for a call the next segment that its own host receives, else the next of all. */
function untilFor(question: Question, places: Places, index: number): number | undefined {
  const later = places.slice(index + 1);
  const { row } = places[index] ?? {};
  if (question.kind === 'state') return later[0]?.t ?? Number.MAX_SAFE_INTEGER;
  if (question.kind !== 'call' || row?.kind !== 'segment') return undefined;
  const next = later.find((one) => one.row.kind === 'segment' && one.row.from === row.from);
  return next?.t ?? Number.MAX_SAFE_INTEGER;
}

/** A scene in which nothing is there that happens at `t` or later. */
export function sceneUntil(scene: Scene, t: number): Scene {
  const { rows, lanes, visited, looks, verdicts } = scene;
  const isBefore = (one: { t: number }): boolean => one.t < t;
  const cut = <T extends { from: number; to: number }>(bands: readonly T[]): T[] =>
    bands.flatMap((band) => (band.from < t ? [{ ...band, to: Math.min(band.to, t) }] : []));
  const way = <V extends NonNullable<typeof visited>['server']>(one: V): V => ({
    ...one,
    states: one.states.filter(isBefore),
    edges: one.edges.filter(isBefore),
  });
  return {
    ...scene,
    rows: rows.flatMap((row) => (isBefore(row) ? [withoutLater(row, t)] : [])),
    lanes: { server: cut(lanes.server), client: cut(lanes.client) },
    ...(visited && { visited: { server: way(visited.server), client: way(visited.client) } }),
    looks: looks.filter(isBefore),
    verdicts: verdicts.filter(isBefore),
    end: Math.min(scene.end, t),
  };
}

/** A segment that is still on its way has not been lost, or dropped, or arrived. */
function withoutLater(row: Scene['rows'][number], t: number): Scene['rows'][number] {
  if (row.kind !== 'segment' || (row.arrived?.t ?? -Infinity) < t) return row;
  const { ignored: _ignored, arrived: _arrived, ...rest } = row;
  return { ...rest, fate: 'arrived' } satisfies SegmentRow;
}
