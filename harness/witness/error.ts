import { ToldError } from '../told.ts';

/** What a witness could not tell. */
export class WitnessError extends ToldError {
  override readonly name = 'WitnessError';
}
