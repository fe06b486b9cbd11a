/**
 * This machine, or what was asked of it, cannot do what the lab needs. The message is one line;
 * `hint` says what would help.
 */
export class BackendError extends Error {
  readonly hint: string | undefined;
  constructor(message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.name = 'BackendError';
    this.hint = options.hint;
  }
}

/** Something that was begun may be there still; the message says why. `cause`: why it was to end. */
export class LeftBehindError extends Error {
  override readonly name = 'LeftBehindError';
}
