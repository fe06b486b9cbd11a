import type { State } from '../../../tcp/states/state.ts';

/** How well somebody predicts. */
export class Score {
  right = 0;
  asked = 0;

  /** An answer is right when the end went to that state, or through it; the last is where it is. */
  takes(answer: State, went: readonly State[]): boolean {
    this.asked++;
    const right = went.includes(answer);
    if (right) this.right++;
    return right;
  }
}
