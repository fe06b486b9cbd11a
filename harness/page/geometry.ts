/** Where the ladder's columns are, px from its left edge. */
export interface Geometry {
  width: number;
  /** Room beside a lane for what its host does; 0 where there is none and it stands on the wire. */
  notes: number;
  /** The middles of the lanes. */
  server: number;
  client: number;
}

const TIME = 58;
/** Between a lane and the notes beside it. */
const GAP = 14;
const ROOMY = 560;

export function geometryOf(width: number): Geometry {
  const notes = width < ROOMY ? 0 : Math.round(Math.min(250, (width - TIME) * 0.28));
  const server = TIME + notes + GAP;
  return { width, notes, server, client: width - notes - GAP };
}
