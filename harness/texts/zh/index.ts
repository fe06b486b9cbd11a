import type { Catalogue } from '../translate.ts';
import { labs } from './labs.ts';

/** Every text of ours in Chinese. */
export const CHINESE: Catalogue = { ...labs };
