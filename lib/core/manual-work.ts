import type { JournalAction, JournalEntry, JournalValue } from './journal.ts';

/** The transaction that somebody has tied an unexplained row to. */
export interface LinkedTransaction {
  readonly transId: string;
  /** Text in the currency's main unit. */
  readonly amount: string;
  /** Whether it was a success already when it was tied: a validation then has nothing to settle. */
  readonly success: boolean;
  /** Of the row: what a settlement writes. */
  readonly payid: string;
  readonly paymentDate: string;
}

export interface Remark {
  readonly by: string;
  readonly at: string;
  readonly text: string;
}

/** What people have done with an unexplained row, as it stands now. */
export interface Treatment {
  readonly link: (LinkedTransaction & Remark) | undefined;
  readonly setAside: Remark | undefined;
  readonly comments: readonly Remark[];
}

/** The actions of people on rows. */
export const MANUAL_ACTIONS = ['lien', 'lien-retire', 'mise-de-cote', 'mise-de-cote-retiree', 'commentaire'] as const satisfies readonly JournalAction[];
export type ManualAction = (typeof MANUAL_ACTIONS)[number];

export const UNTREATED: Treatment = { link: undefined, setAside: undefined, comments: [] };

/** What the data of an entry names its row by. */
const ROW = 'ecart';

/** The data of an entry about a row. */
export function rowData(rowId: number, link?: LinkedTransaction): Readonly<Record<string, JournalValue>> {
  return { [ROW]: rowId, ...(link && { cpm_trans_id: link.transId, cpm_amount: link.amount, succes: link.success, payid: link.payid, payment_date: link.paymentDate }) };
}

/** What the journal says of each row that somebody has worked on, by the row's id. What comes after the validation has begun is void. */
export function treatmentsOf(entries: readonly JournalEntry[]): ReadonlyMap<number, Treatment> {
  const treatments = new Map<number, Treatment>();
  for (const entry of entries) {
    if (entry.action === 'validation') break;
    const rowId = entry.data[ROW];
    if (typeof rowId === 'number') treatments.set(rowId, after(treatments.get(rowId) ?? UNTREATED, entry));
  }
  return treatments;
}

/** The transactions that people have tied rows to and that are no successes yet, by id. */
export function linksToSettle(entries: readonly JournalEntry[]): ReadonlyMap<string, LinkedTransaction> {
  const links = Array.from(treatmentsOf(entries).values(), ({ link }) => link);
  return new Map(links.flatMap((link) => (link === undefined || link.success ? [] : [[link.transId, link]])));
}

function after(treatment: Treatment, { action, by, at, reason, data }: JournalEntry): Treatment {
  const remark = { by, at, text: reason };
  switch (action) {
    case 'lien':
      return { ...treatment, link: { ...linkOf(data), ...remark } };
    case 'lien-retire':
      return { ...treatment, link: undefined };
    case 'mise-de-cote':
      return { ...treatment, setAside: remark };
    case 'mise-de-cote-retiree':
      return { ...treatment, setAside: undefined };
    case 'commentaire':
      return { ...treatment, comments: [...treatment.comments, remark] };
    default:
      return treatment;
  }
}

function linkOf(data: JournalEntry['data']): LinkedTransaction {
  const text = (name: string) => String(data[name] ?? '');
  return { transId: text('cpm_trans_id'), amount: text('cpm_amount'), success: data['succes'] === true, payid: text('payid'), paymentDate: text('payment_date') };
}
