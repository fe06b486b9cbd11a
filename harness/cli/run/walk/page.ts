/** Lines of a terminal, of which some can be kept back until those that belong before them are there. */
export class Page {
  readonly #write: (...lines: string[]) => void;
  #kept: string[] | undefined;

  constructor(write: (...lines: string[]) => void) {
    this.#write = write;
  }

  /** Writes lines, now or when what is kept back is shown. */
  say(lines: readonly string[]): void {
    if (this.#kept === undefined) this.#write(...lines);
    else this.#kept.push(...lines);
  }

  /** From here on lines are kept back. */
  keep(): void {
    this.#kept ??= [];
  }

  /** Shows `first`, then what was kept back. */
  show(first: readonly string[] = []): void {
    const kept = this.#kept ?? [];
    this.#kept = undefined;
    this.say([...first, ...kept]);
  }
}
