import type { Tache } from '../core/tache.ts';
import { type Workload, workloadOf } from '../core/workload.ts';
import type { Clock, Taches } from '../ports.ts';

const PAGE = 500;
/** What is older is nobody's work of today any more: open items tell of it. */
const MEASURED_MS = 31 * 86_400_000;
const MOST_EXAMINED = 10_000;

/** The workload of the taches of the last month; of the newest 10,000, where there are more. */
export async function measureWorkload({ taches, now }: { readonly taches: Pick<Taches, 'list'>; readonly now: Clock }): Promise<Workload> {
  const present = Date.parse(now());
  const measured: Tache[] = [];
  let after: number | undefined;
  do {
    const page = await taches.list({}, PAGE, after);
    measured.push(...page.taches.filter(({ createdAt }) => present - Date.parse(createdAt) <= MEASURED_MS));
    const oldest = page.taches.at(-1);
    after = oldest !== undefined && present - Date.parse(oldest.createdAt) > MEASURED_MS ? undefined : page.next;
  } while (after !== undefined && measured.length < MOST_EXAMINED);
  return workloadOf(measured, present);
}
