import { z } from 'zod';
import type { ActionName, ArgsOf, ValueOf } from './actions.ts';
import { count, endpoint } from './expectation-schema.ts';

type Shapes = {
  [O in ActionName]: { args: z.ZodType<ArgsOf<O>>; value: z.ZodType<ValueOf<O>> };
};

const nothing = z.strictObject({});
const done = z.null();
const one = z.strictObject({ id: count });

/** For reading: what comes from a file is held to these. */
export const ACTION_SHAPES: Shapes = {
  run: {
    args: z.strictObject({ program: count, name: z.string(), args: z.array(z.string()) }),
    // Not strict: the first bundles of this schema have the program's folder here as well.
    value: z.object({ pid: count }),
  },
  type: { args: z.strictObject({ program: count, text: z.string() }), value: done },
  signal: { args: z.strictObject({ program: count, signal: z.string() }), value: done },
  hold: { args: nothing, value: done },
  release: { args: nothing, value: done },
  carry: { args: nothing, value: done },
  delay: { args: z.strictObject({ ms: z.number().min(0) }), value: done },
  letGo: { args: one, value: done },
  discard: { args: one, value: done },
  duplicate: { args: one, value: done },
  reorder: { args: one, value: done },
  mtu: { args: z.strictObject({ octets: count }), value: done },
  drop: {
    args: z.strictObject({ flags: z.string(), count: count.exactOptional() }),
    value: done,
  },
  undrop: { args: nothing, value: done },
  inject: {
    args: z.strictObject({ from: endpoint, to: endpoint, segment: z.string() }),
    value: done,
  },
  counters: { args: nothing, value: z.record(z.string(), z.number()) },
  netstat: { args: nothing, value: z.array(z.string()) },
};

export const ACTION_NAMES = Object.keys(ACTION_SHAPES) as [ActionName, ...ActionName[]];
