import fc from 'fast-check';

const { FC_SEED, FC_RUNS, FC_SHRINK } = process.env;

/** Property tests try the same cases at every run; FC_SEED tries others. FC_SHRINK=no leaves the first case that fails as it is. */
fc.configureGlobal({ seed: Number(FC_SEED ?? 20_261_124), endOnFailure: FC_SHRINK === 'no' });

/** How many cases a property tries: `count`, or FC_RUNS where that is fewer, for a suite that runs thousands of times. */
export function cases(count: number): { readonly numRuns: number } {
  return { numRuns: Math.min(count, Number(FC_RUNS ?? count)) };
}
