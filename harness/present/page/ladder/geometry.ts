/** Where the ladder's columns are, px from its left edge. */
export interface Geometry {
  width: number;
  /** Room outside the lanes for the states' names; 0 where they stand on the wire, too. */
  names: number;
  /** The middles of the lanes. */
  server: number;
  client: number;
}

const TIME = 50;
/** From a lane's middle to the words beside it. */
export const GAP = 14;
const NAMES = 108;
const ROOMY = 520;

export function geometryOf(width: number): Geometry {
  const names = width < ROOMY ? 0 : NAMES;
  return { width, names, server: TIME + names + GAP, client: width - names - GAP };
}
