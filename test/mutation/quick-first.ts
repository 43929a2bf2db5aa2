import { BaseSequencer, type TestSpecification } from 'vitest/node';

/** The files that try many cases or long inputs, the quickest of them first: a mutant is mostly seen before their turn comes. */
const SLOW = ['plain-rows', 'open-index', 'plain-phone', 'crowded-days', 'growth', 'spellings', 'time', 'matching-properties'] as const;

/** Runs the files that take milliseconds before those that take seconds, for a run that stops at the first test that fails. */
export class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => turnOf(one) - turnOf(other) || one.moduleId.localeCompare(other.moduleId));
  }
}

function turnOf({ moduleId }: TestSpecification): number {
  return SLOW.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`));
}
