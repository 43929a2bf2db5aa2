import type { Tache } from '../core/tache.ts';
import type { Claim, ClaimHolder, Claims, MatchingQueue, Taches } from '../ports.ts';

export interface ClaimDependencies {
  readonly claims: Claims;
  readonly taches: Taches;
}

/** Who holds a claim in earnest. Without a tache: one that is about to be created, or whose creation broke off. */
export interface Occupant extends ClaimHolder {
  readonly tache: Tache | undefined;
}

/** A holder whose tache is not there yet may be about to create it: for so long its claim holds. No call lasts longer. */
const CREATION_GRACE_MS = 60_000;
/** Between a claim and its tache lie two writes: whoever still has none after this has broken off. */
const CREATION_MS = 2_000;

/**
 * Who holds a claim in earnest: a tache that failed, or never came to be, holds nothing. One that failed for a technical reason keeps its content, for its
 * work is taken up again, but not its name.
 */
export async function occupantOf({ claims, taches }: ClaimDependencies, claim: Claim, now: string): Promise<Occupant | undefined> {
  const holder = await claims.holder(claim);
  if (holder === undefined) return undefined;
  const tache = await taches.get(holder.tacheId);
  if (tache === undefined) return age(holder, now) < CREATION_GRACE_MS ? { ...holder, tache } : undefined;
  const holds = tache.state !== 'ECHEC' || (claim.kind === 'content' && tache.resumable === true);
  return holds ? { ...holder, tache } : undefined;
}

/** Takes a claim for a tache, or renews it; gives the other occupant where there is one. */
export async function takeClaim(deps: ClaimDependencies, claim: Claim, holder: ClaimHolder): Promise<Occupant | undefined> {
  const known = await deps.claims.holder(claim);
  const other = known === undefined || known.tacheId === holder.tacheId ? undefined : await occupantOf(deps, claim, holder.at);
  if (other !== undefined) return other;
  if (await deps.claims.take(claim, holder, known)) return undefined;
  const faster = (await deps.claims.holder(claim)) ?? holder;
  return { ...faster, tache: await deps.taches.get(faster.tacheId) };
}

/** Whether an occupant broke off before its tache was created, so that the same owner may go on in its place. */
export function hasBrokenOff({ tache, ...holder }: Occupant, owner: string, now: string): boolean {
  return tache === undefined && holder.owner === owner && age(holder, now) >= CREATION_MS;
}

/** Whether an occupant is a call of the same owner that has no tache yet: it will have one, or have broken off, in a moment. */
export function isOnItsWay({ tache, ...holder }: Occupant, owner: string, now: string): boolean {
  return tache === undefined && holder.owner === owner && age(holder, now) < CREATION_MS;
}

/** A statement that comes again sets the work going that a crash left behind: its message may never have been sent, or have gone to the dead letters. */
export async function wake(matching: MatchingQueue, { tache }: Occupant): Promise<void> {
  if (tache?.state === 'CREATION' || tache?.resumable === true) await matching.send(tache.id);
}

function age({ at }: ClaimHolder, now: string): number {
  return Date.parse(now) - Date.parse(at);
}
