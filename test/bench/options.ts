import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

export interface BenchOptions {
  readonly runs: number;
  readonly sizes: readonly number[];
  /** Names of the cases to run; all where it is empty. */
  readonly only: readonly string[];
  readonly smoke: boolean;
  /** Whether docs/benchmarks.md is written. */
  readonly write: boolean;
  readonly folder: string;
}

const DEFAULT_SIZES = [10_000, 100_000, 1_048_575];

/** @throws Error on options that are not known */
export function benchOptions(words: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...words],
    options: {
      runs: { type: 'string', default: '5' },
      sizes: { type: 'string' },
      only: { type: 'string', multiple: true, default: [] },
      smoke: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      data: { type: 'string', default: join(tmpdir(), 'reconciliation-bench') },
    },
  });
  return {
    runs: Math.max(1, Number(values.runs)),
    sizes: values.sizes === undefined ? DEFAULT_SIZES : values.sizes.split(',').map(Number),
    only: values.only.flatMap((names) => names.split(',')),
    smoke: values.smoke,
    write: values.write,
    folder: values.data,
  };
}
