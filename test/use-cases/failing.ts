import { Failure, type FailureReason } from '../../lib/use-cases/failure.ts';

/** The reason for which work failed; `undefined` where it did not. Other errors pass through. */
export async function reasonOf(work: Promise<unknown>): Promise<FailureReason | undefined> {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error.reason;
    throw error;
  }
}
