import type { StatementObject } from '../../lib/core/tache.ts';
import type { Claim, ClaimHolder, Claims } from '../../lib/ports.ts';

/** Claims in a map. */
export function claimsInMemory(): Claims {
  const holders = new Map<string, ClaimHolder>();
  const arrivals = new Map<string, number>();
  const keyOf = ({ kind, operatorCode, value }: Claim) => JSON.stringify([kind, operatorCode, value]);
  const arrivalKey = ({ key, versionId }: StatementObject) => JSON.stringify([key, versionId]);
  return {
    holder: async (claim) => holders.get(keyOf(claim)),
    async take(claim, holder, instead) {
      const known = holders.get(keyOf(claim));
      const free = instead === undefined ? known === undefined : known?.tacheId === instead.tacheId;
      if (!free && known?.tacheId !== holder.tacheId) return false;
      holders.set(keyOf(claim), holder);
      return true;
    },
    async arrival(object, propose) {
      const key = arrivalKey(object);
      const proposed = arrivals.get(key) ?? (await propose());
      const id = arrivals.get(key) ?? proposed;
      arrivals.set(key, id);
      return id;
    },
  };
}
