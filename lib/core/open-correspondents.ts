import { pairClosest } from './closest-pairs.ts';
import type { Finding, LedgerFact, OpenIndex, OpenRow } from './open-index.ts';
import { contains, type Period } from './period.ts';

/**
 * Proposes transactions that are no successes for the open rows of one tache, by the rule of correspondents: same phone (or custom reference), same amount, one to
 * one, closest in time. It is for a person to say that the one is the other.
 * @param window of the tache's reconciliation
 * @param isTaken transactions that the tache has tied to another of its rows
 */
export function proposeCorrespondents(index: OpenIndex, tacheId: number, window: Period, isTaken: (transId: string) => boolean): readonly Finding[] {
  const groups = new Map<string, { readonly rows: readonly OpenRow[]; readonly facts: LedgerFact[] }>();
  for (const fact of index.contenders()) {
    if (!contains(window, fact.created) || isTaken(fact.transId)) continue;
    const rows = index.rowsLike(fact).filter((row) => row.tacheId === tacheId);
    if (rows.length === 0) continue;
    const key = `${fact.amount} ${fact.correspondence}`;
    const group = groups.get(key) ?? { rows, facts: [] };
    group.facts.push(fact);
    groups.set(key, group);
  }
  return [...groups.values()].flatMap(({ rows, facts }) =>
    pairClosest(
      rows.map((item) => ({ item, number: item.number, time: item.time, payid: item.payid ?? '' })),
      facts,
    ).map(({ row, candidate, ambiguous }) => ({ item: row.item, proposal: { how: 'correspondent' as const, transId: candidate.transId, ambiguous } })),
  );
}
