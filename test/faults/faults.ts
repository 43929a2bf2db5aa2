import type { ServiceCall } from './service-call.ts';

/** What can happen to a call. `once` faults meet its first attempt only: the SDK may try again. */
export const FAULTS = {
  throttled: 'is throttled once',
  broken: 'meets a server error once',
  'cut-before': 'loses its connection before it arrives, once',
  'cut-after': 'succeeds, and its answer is lost, once',
  delayed: 'is answered late',
  denied: 'is refused for good',
  'failed-after': 'succeeds, and is answered with an error',
  'killed-before': 'never arrives: its function is killed',
  'killed-after': 'succeeds, and its function is killed before the answer',
  partly: 'is done by half, the other half given back',
  twice: 'sends its message twice',
  late: 'sends its message late',
  silent: 'is never answered, once',
  torn: 'is answered by half before its connection is lost, once',
} as const;

export type FaultKind = keyof typeof FAULTS;

export interface Fault {
  readonly kind: FaultKind;
  readonly call: ServiceCall;
  /** Meets every call of the operation from this one on. */
  readonly forGood?: boolean;
}

const EVERYWHERE = [
  'throttled',
  'broken',
  'cut-before',
  'cut-after',
  'silent',
  'torn',
  'delayed',
  'denied',
  'failed-after',
  'killed-before',
  'killed-after',
] as const satisfies readonly FaultKind[];
const BATCHES = new Set(['BatchWriteItem', 'BatchGetItem']);

/** Every fault that a call can meet. */
export function faultsOf(call: ServiceCall): readonly Fault[] {
  const kinds: FaultKind[] = [...EVERYWHERE];
  if (BATCHES.has(call.operation)) kinds.push('partly');
  if (call.operation === 'SendMessage') kinds.push('twice', 'late');
  return kinds.map((kind) => ({ kind, call }));
}

const MADE_GOOD: ReadonlySet<FaultKind> = new Set(['throttled', 'broken', 'cut-before', 'cut-after', 'silent', 'delayed', 'partly', 'twice', 'late']);

/**
 * Whether a function must make a fault good by itself, so that nobody notices: no caller asks twice, no message comes back. An object whose bytes cease to flow is
 * waited for longer than a quickened worker may work.
 */
export function isUnnoticed({ kind, call }: Fault): boolean {
  return MADE_GOOD.has(kind) && !(kind === 'silent' && call.service === 's3');
}
