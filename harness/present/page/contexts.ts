import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { english, type Say } from '../../texts/say.ts';

export const SayContext = createContext<Say>(english);

/** The texts in the reader's language. */
export const useSay = (): Say => useContext(SayContext);

/** The events that met or broke the chosen expectation. */
export const MarksContext = createContext<ReadonlySet<number>>(new Set());
export const useMarks = (): ReadonlySet<number> => useContext(MarksContext);
