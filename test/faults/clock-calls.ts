import type { FaultCloud } from './fault-cloud.ts';

/** Calls a function as the clock does, so many milliseconds from now. Lambda tries such a call twice more; after that its next time comes. */
export async function byTheClock({ cloud }: FaultCloud, functionName: string, laterMs = 0): Promise<void> {
  const time = `${new Date(Date.now() + laterMs).toISOString().slice(0, 19)}Z`;
  for (let attempt = 0; attempt < 3; attempt += 1) if ((await cloud.functionNamed(`reconciliation-local-${functionName}`).invoke(JSON.stringify({ time }))).ok) return;
  throw new Error(`${functionName} failed at every try`);
}
