/** Something was to be let go, and nothing has waited for `within` ms. */
export class NothingWaits extends Error {
  readonly code = 'NOTHING_WAITS';
  constructor(within: number) {
    super(`nothing that this host has sent waits to be let go, after ${within / 1000} s`);
  }
}
