import { ToldError, type Told } from '../told.ts';

/**
 * This machine, or what was asked of it, cannot do what the lab needs. The message is one line;
 * `hint` says what would help.
 */
export class BackendError extends ToldError {
  override readonly name = 'BackendError';
  readonly hint: Told | undefined;
  constructor(message: Told, { hint, ...options }: { hint?: Told; cause?: unknown } = {}) {
    super(message, options);
    this.hint = hint;
  }
}

/** Something that was begun may be there still; the message says why. `cause`: why it was to end. */
export class LeftBehindError extends ToldError {
  override readonly name = 'LeftBehindError';
}
