/** What was asked for makes no sense. The message is one line and names the valid choices. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
