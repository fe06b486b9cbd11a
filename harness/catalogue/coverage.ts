import type { LabEvent } from '../evidence/events.ts';
import { edgeNeverShown } from '../expect/edges-shown-expectation.ts';
import { edgesShown, isTraceableEdge } from '../history/edges.ts';
import { historyOf, type History } from '../history/history.ts';
import { EDGES, edgeName, edgeOf, LINUX_EDGES, type Edge } from '../tcp/states/edges.ts';
import { STATES, type State } from '../tcp/states/state.ts';
import type { Definition } from '../vocabulary/define.ts';

export type EdgeWitness = 'ss' | 'tracepoint';

/** An edge that a lab shows or, where Linux does not have it, shows to be missing. */
interface Showing {
  name: string;
  lab: string;
  /** Only with `--slow`. */
  slow?: true;
  witnesses: readonly EdgeWitness[];
}

/** What one lab, or one run of it, shows of the state diagram. */
export interface LabCoverage {
  lab: string;
  states: ReadonlySet<State>;
  edges: readonly Showing[];
}

export interface EdgeCoverage {
  edge: Edge;
  labs: { lab: string; slow: boolean }[];
  witnesses: EdgeWitness[];
}

/** What labs show of the state diagram. */
export interface Coverage {
  states: { state: State; labs: string[] }[];
  /** The edges of Figure 5 and its notes, those that Linux does not have included. */
  figure: EdgeCoverage[];
  /** The edges beyond the figure that are shown. */
  beyond: EdgeCoverage[];
  /** The names of the states and edges that no lab shows. */
  missing: string[];
}

/** What a lab's definition promises; every run is held to it. */
export function promisedBy(definition: Definition): LabCoverage {
  const { name: lab, shows = [], showsSlow = [], refutes = [] } = definition;
  const promised = [...shows, ...showsSlow].map(edgeOf);
  return {
    lab,
    states: new Set(promised.flatMap(ends)),
    edges: [
      ...shows.map((name) => ({ name, lab, witnesses: witnessesOf(edgeOf(name)) })),
      ...showsSlow.map((name) => ({
        name,
        lab,
        slow: true as const,
        witnesses: witnessesOf(edgeOf(name)),
      })),
      ...refutes.map((name) => ({ name, lab, witnesses: [] })),
    ],
  };
}

const witnessesOf = (edge: Edge): EdgeWitness[] =>
  isTraceableEdge(edge) ? ['ss', 'tracepoint'] : ['ss'];

const ends = ({ from, to }: Edge): State[] => [from, to];

/** What a run has really shown. */
export function observedIn(events: readonly LabEvent[]): LabCoverage {
  const history = historyOf(events);
  const shown = edgesShown(history).filter(({ edge }) => edge.linux === undefined);
  const missing = EDGES.filter(({ linux }) => linux !== undefined).map(edgeName);
  const whole = { history, from: 0, since: 0 };
  const lab = history.run?.lab ?? '';
  return {
    lab,
    // CLOSED is what no row shows: it is an end of edges only.
    states: new Set([...shown.flatMap(({ edge }) => ends(edge)), ...statesIn(history)]),
    edges: [
      ...shown.map(({ edge, traced }): Showing => {
        const witnesses: EdgeWitness[] = traced === undefined ? ['ss'] : ['ss', 'tracepoint'];
        return { name: edgeName(edge), lab, witnesses };
      }),
      ...missing
        .filter((name) => edgeNeverShown(name).stated(whole)(true).verdict === 'met')
        .map((name) => ({ name, lab, witnesses: [] })),
    ],
  };
}

const statesIn = ({ samples }: History): State[] =>
  samples.flatMap(({ rows }) => rows.map(({ state }) => state));

/** What they show together. */
export function coverageOf(labs: readonly LabCoverage[]): Coverage {
  const showings = labs.flatMap(({ edges }) => edges);
  const coverageOfEdge = (edge: Edge): EdgeCoverage => {
    const name = edgeName(edge);
    return merged(
      edge,
      showings.filter((one) => one.name === name),
    );
  };
  const states = STATES.map((state) => ({
    state,
    labs: unique(labs.filter((one) => one.states.has(state)).map(({ lab }) => lab)),
  }));
  const figure = EDGES.map(coverageOfEdge);
  const none = ({ labs: shown }: { labs: readonly unknown[] }): boolean => shown.length === 0;
  return {
    states,
    figure,
    beyond: LINUX_EDGES.map(coverageOfEdge).filter((edge) => !none(edge)),
    missing: [
      ...states.filter(none).map(({ state }) => state),
      ...figure.filter(none).map(({ edge }) => edgeName(edge)),
    ],
  };
}

/** A lab is named once for an edge; one that shows it in every run is no slow one. */
function merged(edge: Edge, showings: readonly Showing[]): EdgeCoverage {
  return {
    edge,
    labs: unique(showings.map(({ lab }) => lab)).map((lab) => ({
      lab,
      slow: showings.every((one) => one.lab !== lab || one.slow === true),
    })),
    witnesses: unique(showings.flatMap(({ witnesses }) => witnesses)),
  };
}

const unique = <T>(all: readonly T[]): T[] => [...new Set(all)];
