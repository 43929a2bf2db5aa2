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
  straggling: 'is lost on its way, asked again, and arrives after all once something else was done',
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
/** What asks and changes nothing, by the beginning of its name. */
const READS = /^(?:Admin)?(?:Get|Head|List|Query|Scan|BatchGet|Describe|jwks)/u;
const BATCHES = new Set(['BatchWriteItem', 'BatchGetItem']);

/** Who tells the queue of what was dropped. That it tells nothing at all is a flow of its own. */
export const S3 = 's3';
const OF_S3 = ['twice', 'late'] as const satisfies readonly FaultKind[];

/** Every fault that a call can meet. */
export function faultsOf(call: ServiceCall): readonly Fault[] {
  if (call.functionName === S3) return OF_S3.map((kind) => ({ kind, call }));
  const kinds: FaultKind[] = [...EVERYWHERE];
  if (BATCHES.has(call.operation)) kinds.push('partly');
  if (call.operation === 'SendMessage') kinds.push('twice', 'late');
  // A webhook is not asked again: it is sent anew.
  if (call.service !== 'webhook' && !READS.test(call.operation)) kinds.push('straggling');
  return kinds.map((kind) => ({ kind, call }));
}

const MADE_GOOD: ReadonlySet<FaultKind> = new Set(['throttled', 'broken', 'cut-before', 'cut-after', 'silent', 'delayed', 'partly', 'twice', 'late', 'straggling']);

/**
 * Whether a function must make a fault good by itself, so that nobody notices: no caller asks twice, no message comes back. An object whose bytes cease to flow is
 * waited for longer than a quickened worker may work. A webhook that fails is sent anew, and its delivery tells how often that was.
 */
export function isUnnoticed({ kind, call }: Fault): boolean {
  return MADE_GOOD.has(kind) && !(kind === 'silent' && call.service === 's3') && call.service !== 'webhook';
}
