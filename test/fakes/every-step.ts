import { type BreakingOff, BrokenOff, breakingOff } from './breaking-off.ts';

/**
 * Runs some work once for each of its steps, and lets it break off there.
 * @param begin makes a new world, its stores wrapped by `through`, and gives what is to be done in it and what must hold once it broke off
 */
export async function atEveryStep(
  begin: (through: BreakingOff['through']) => { readonly work: () => Promise<unknown>; readonly afterwards: (step: number) => Promise<void> },
): Promise<number> {
  const whole = breakingOff();
  whole.at(undefined);
  await begin(whole.through).work();
  const steps = whole.steps();
  for (let step = 1; step <= steps; step += 1) {
    const breaking = breakingOff();
    const { work, afterwards } = begin(breaking.through);
    breaking.at(step);
    const error = await work().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (!(error instanceof BrokenOff)) throw new Error(`step ${step} was swallowed`, { cause: error });
    await afterwards(step);
  }
  return steps;
}
