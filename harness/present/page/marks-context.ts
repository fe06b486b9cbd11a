import { createContext } from 'preact';
import { useContext } from 'preact/hooks';

/** The events that met or broke the chosen expectation. */
export const MarksContext = createContext<ReadonlySet<number>>(new Set());
export const useMarks = (): ReadonlySet<number> => useContext(MarksContext);
