import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english, type Say } from '../../texts/say.ts';

export const SayContext = createContext<Say>(english);

/** The texts in the reader's language. */
export const useSay = (): Say => useContext(SayContext);
