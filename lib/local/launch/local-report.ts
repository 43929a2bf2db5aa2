import type { LocalEvent } from '../local-event.ts';

/** Shows what a person at this machine should know of: what functions log as errors, and faults of the machine itself. */
export function localReport(event: LocalEvent): void {
  switch (event.kind) {
    case 'fault':
      console.error(`[${event.source}] ${event.message}`);
      return;
    case 'invocation':
      if (event.error !== undefined) console.error(`[${event.functionName}] ${event.error}`);
      return;
    case 'log':
      if (event.line.includes('"ERROR"')) console.error(`[${event.functionName}] ${event.line}`);
      return;
    case 'request':
      return;
    default:
      event satisfies never;
  }
}
