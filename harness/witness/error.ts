/** What a witness could not tell. */
export class WitnessError extends Error {
  override readonly name = 'WitnessError';
}
