/** The schema of questions and answers (answers.ts), kind by kind: for reading. */
import { z } from 'zod';
import { MISCONCEPTIONS, PLACES, type Question } from './answers.ts';
import { count, host, state } from './expectation-schema.ts';
import { told } from '../told.ts';

const chosen = { misconception: z.enum(MISCONCEPTIONS).optional() };
const call = z.strictObject({ result: z.string(), ...chosen });
const states = { server: state, client: state };
const asked = <K extends Question['kind'], C extends z.ZodType>(kind: K, choice: C) => ({
  kind: z.literal(kind),
  choices: z.array(choice).min(2).max(9),
});

const question = z.discriminatedUnion('kind', [
  z.strictObject({
    ...asked('state', z.strictObject({ ...states, ...chosen })),
    segment: count,
    from: z.strictObject(states),
  }),
  z.strictObject({
    ...asked(
      'segment',
      z.union([
        z.strictObject({ flags: z.literal('none'), ...chosen }),
        z.strictObject({
          flags: z.string(),
          seq: z.string(),
          ack: z.string().optional(),
          length: count,
          ...chosen,
        }),
      ]),
    ),
    segment: count,
  }),
  z.strictObject({ ...asked('call', call), segment: count, call: count, expected: count }),
  z.strictObject({
    ...asked(
      'timer',
      z.strictObject({ seconds: z.number().min(0), sysctl: z.string().optional(), ...chosen }),
    ),
    segment: count,
  }),
  z.strictObject({
    ...asked('data', z.strictObject({ place: z.enum(PLACES), ...chosen })),
    segment: count,
    call: count,
  }),
  z.strictObject({
    ...asked('bind', call),
    host,
    port: count.max(0xffff),
    after: count,
    reuseAddr: z.boolean(),
  }),
]);

const index = { params: { told: told('there is no such choice') } };

/** Of what an `answer` event has; that its choices are there, `isOfItsChoices` says. */
export const ANSWER = {
  question,
  given: count.nullable(),
  right: z.array(count),
  by: z.array(count),
};

/** Are the choice that was given, and the right ones, among the choices? */
export const isOfItsChoices = z.custom<{
  question: Question;
  given: number | null;
  right: number[];
}>((value) => {
  const {
    question: asking,
    given,
    right,
  } = value as {
    question: Question;
    given: number | null;
    right: number[];
  };
  return [...right, ...(given === null ? [] : [given])].every((one) => one < asking.choices.length);
}, index);
