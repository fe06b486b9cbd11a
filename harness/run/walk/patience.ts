/** Waits that stand still while somebody thinks. */
export class Patience {
  readonly #waits = new Set<Wait>();
  #still = false;

  /** Calls `then` after so many milliseconds during which it did not stand still; returns the way back. */
  after(ms: number, then: () => void): () => void {
    const wait: Wait = { left: ms, then, since: 0 };
    this.#waits.add(wait);
    if (!this.#still) this.#run(wait);
    return () => {
      clearTimeout(wait.timer);
      this.#waits.delete(wait);
    };
  }

  stand(): void {
    if (this.#still) return;
    this.#still = true;
    for (const wait of this.#waits) {
      clearTimeout(wait.timer);
      wait.left = Math.max(0, wait.left - (performance.now() - wait.since));
    }
  }

  goOn(): void {
    if (!this.#still) return;
    this.#still = false;
    for (const wait of this.#waits) this.#run(wait);
  }

  #run(wait: Wait): void {
    wait.since = performance.now();
    wait.timer = setTimeout(() => {
      this.#waits.delete(wait);
      wait.then();
    }, wait.left);
  }
}

interface Wait {
  left: number;
  then: () => void;
  /** When it last began to run. */
  since: number;
  timer?: NodeJS.Timeout;
}
