import type { Claim, ClaimHolder, Claims, Taches } from '../ports.ts';

export interface ClaimDependencies {
  readonly claims: Claims;
  readonly taches: Taches;
}

/** A holder whose tache is not there yet may be about to create it: for so long its claim holds. */
const CREATION_GRACE_MS = 60_000;

/** Who holds a claim in earnest: a failed tache, or one that never came to be, holds nothing. */
export async function currentHolder({ claims, taches }: ClaimDependencies, claim: Claim, now: string): Promise<ClaimHolder | undefined> {
  const holder = await claims.holder(claim);
  if (holder === undefined) return undefined;
  const tache = await taches.get(holder.tacheId);
  if (tache === undefined) return Date.parse(now) - Date.parse(holder.at) < CREATION_GRACE_MS ? holder : undefined;
  return tache.state === 'ECHEC' ? undefined : holder;
}

/** Takes a claim for a tache; gives the other holder where there is one. */
export async function takeClaim(deps: ClaimDependencies, claim: Claim, holder: ClaimHolder): Promise<ClaimHolder | undefined> {
  const known = await deps.claims.holder(claim);
  if (known?.tacheId === holder.tacheId) return undefined;
  const current = await currentHolder(deps, claim, holder.at);
  if (current !== undefined) return current;
  if (await deps.claims.take(claim, holder, known)) return undefined;
  return (await deps.claims.holder(claim)) ?? holder;
}
