/** What came of cleaning one kind of thing. */
export interface Cleaned {
  removed: string[];
  /** Why there was nothing to look for. */
  remark?: string;
  /** What could not be removed, and why. */
  failure?: string;
}
