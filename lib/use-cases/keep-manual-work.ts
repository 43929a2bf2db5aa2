import type { Treatment } from '../core/manual-work.ts';
import { MINOR_DIGITS, readAmount } from '../core/money.ts';
import { businessDays, type Overlay, PAGE_ITEMS } from '../core/open-item.ts';
import type { DetailsStore, OpenItems, Operators } from '../ports.ts';
import type { TreatedRow } from './work-by-hand.ts';

export interface KeepManualWorkDependencies {
  readonly details: DetailsStore;
  readonly operators: Pick<Operators, 'byCode'>;
  readonly openItems: OpenItems;
}

/** Resolves the open item of a row that somebody has linked or set aside, or opens it again where they took that back. The journal has it already; doing it twice changes nothing. */
export async function keepManualWork({ details, operators, openItems }: KeepManualWorkDependencies, { tache, detail, treatment }: TreatedRow): Promise<void> {
  const { id: tacheId, operatorCode, outcome, currency } = tache;
  if (outcome === undefined) return;
  const [[first], operator, pages] = await Promise.all([
    details.read(tacheId, outcome.edition, 'unexplained', 0, 1),
    operators.byCode(operatorCode),
    openItems.pages(operatorCode, tacheId),
  ]);
  if (first === undefined || operator === undefined) return;
  const position = detail.id - first.id;
  const timeZone = pages[0]?.timeZone ?? operator.timeZone;
  const day = businessDays(timeZone)(detail.row.time);
  const page = { operatorCode, day, tacheId, edition: outcome.edition, kind: 'unexplained', page: Math.floor(position / PAGE_ITEMS) } as const;
  const amount = readAmount(detail.row.amount, MINOR_DIGITS[currency]);
  const place = { position, day, name: String(detail.id), amount: amount.kind === 'amount' ? amount.minor : 0 };
  await openItems.beginChange(page);
  await openItems.write(page, { ...place, overlay: overlayOf(treatment, detail.id) });
  await openItems.count(page);
}

function overlayOf({ link, setAside }: Treatment, rowId: number): Overlay {
  if (link !== undefined) return { state: 'resolved', explanation: { how: 'linked', transId: link.transId }, at: link.at, event: `lien#${rowId}` };
  if (setAside !== undefined) return { state: 'resolved', explanation: { how: 'set-aside' }, at: setAside.at, event: `mise-de-cote#${rowId}` };
  return { state: 'reopened' };
}
