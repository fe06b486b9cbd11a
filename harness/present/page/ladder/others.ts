import type { Row, SegmentRow } from '../../ladder/types.ts';

/** A stretch in which other connections than the one in focus had the wire. */
export interface OthersRow {
  kind: 'others';
  t: number;
  seq: number;
  /** The first of their connections. */
  connection: number;
  connections: number;
  segments: number;
  /** Every event in it. */
  seqs: readonly number[];
}

/** Gathers what other connections do, and what programs did between their segments. */
export class Others {
  #segments: SegmentRow[] = [];
  /** What programs did since the last of the segments: it may belong to them, or to what follows. */
  #since: Row[] = [];
  #seqs: number[] = [];

  add(row: SegmentRow): void {
    this.#seqs.push(...this.#since.map(({ seq }) => seq));
    this.#since = [];
    this.#segments.push(row);
    for (const seen of [row.sent, row.arrived]) if (seen !== undefined) this.#seqs.push(seen.seq);
  }

  /** Is it what a program did meanwhile, and went well? */
  takes(row: Row): boolean {
    if (this.#segments.length === 0) return false;
    const isTold = row.kind === 'output' || (row.kind === 'call' && row.error === undefined);
    if (isTold) this.#since.push(row);
    return isTold;
  }

  /** The stretch, and what was done after it; none when there was nothing. */
  end(): (OthersRow | Row)[] {
    const [first] = this.#segments;
    if (first === undefined) return [];
    const { t, seq, connection } = first;
    const connections = new Set(this.#segments.map((row) => row.connection)).size;
    const segments = this.#segments.length;
    const stretch = { kind: 'others', t, seq, connection, connections, segments } as const;
    const rows = [{ ...stretch, seqs: this.#seqs }, ...this.#since];
    this.#segments = [];
    this.#since = [];
    this.#seqs = [];
    return rows;
  }
}
