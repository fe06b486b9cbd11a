import type { Json } from '../../evidence/events.ts';
import type { Coverage, EdgeCoverage } from '../../catalogue/coverage.ts';
import { edgeName } from '../../tcp/states/edges.ts';

/** The same for machines: states and edges by name, each with the labs that show it. */
export function coverageAsJson({ states, figure, beyond, missing }: Coverage): Json {
  return {
    states: Object.fromEntries(states.map(({ state, labs }) => [state, labs])),
    edges: figure.map(edgeAsJson),
    beyond: beyond.map(edgeAsJson),
    missing,
  };
}

/** `linux`: it does not have this edge, and does that instead. */
function edgeAsJson({ edge, labs, witnesses }: EdgeCoverage): Json {
  const { from, to, when, note = null, linux } = edge;
  const where = linux === undefined ? { witnesses } : { linux: { ...linux } };
  return {
    name: edgeName(edge),
    from,
    to,
    when,
    note,
    labs: labs.map((lab) => ({ ...lab })),
    ...where,
  };
}
