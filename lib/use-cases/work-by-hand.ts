import type { UnexplainedDetail } from '../core/detail.ts';
import type { JournalEntry, JournalEvent } from '../core/journal.ts';
import { statusVerdict } from '../core/ledger.ts';
import { type LinkedTransaction, type ManualAction, rowData, type Treatment, treatmentsOf, UNTREATED } from '../core/manual-work.ts';
import { MINOR_DIGITS, readAmount } from '../core/money.ts';
import type { Tache } from '../core/tache.ts';
import type { Clock, DetailsStore, Journal, LedgerLookup, Operators, Taches } from '../ports.ts';
import { Failure, found } from './failure.ts';
import { recordDecided } from './journal.ts';
import { readTache } from './read-tache.ts';
import type { Validator } from './validate-tache.ts';

export interface ManualWorkDependencies {
  readonly taches: Taches;
  readonly details: DetailsStore;
  readonly operators: Operators;
  readonly transactions: LedgerLookup;
  readonly journal: Journal;
  readonly now: Clock;
}

/** What somebody does with an unexplained row, and why. */
export type ManualWork =
  | { readonly action: 'lien'; readonly transId: string; readonly reason: string }
  | { readonly action: Exclude<ManualAction, 'lien'>; readonly reason: string };

export interface TreatedRow {
  readonly tache: Tache;
  readonly detail: UnexplainedDetail;
  readonly treatment: Treatment;
}

/**
 * Works on an unexplained row of a tache that waits for validation. Nothing of the result changes: what was done stands in the journal, and doing it again changes nothing.
 * @throws Failure 404 for a tache or row that is not there, 403 for whoever may not validate, 409 where it does not go with what was done before, 400 for a transaction that cannot be the row's
 */
export async function workByHand(deps: ManualWorkDependencies, id: number, rowId: number, work: ManualWork, worker: Validator): Promise<TreatedRow> {
  const tache = await readTache(deps.taches, id, worker);
  if (!(await worker.mayValidate(tache.owner)))
    throw new Failure({ code: 'forbidden', detail: 'Seul son propriétaire ou un supérieur peut travailler sur les écarts de cette tâche.' });
  if (tache.state !== 'ATTENTE') throw conflict('On ne travaille sur les écarts d’une tâche que tant qu’elle attend sa validation.');
  const detail = await unexplainedRow(deps.details, tache, rowId);
  const link = work.action === 'lien' ? await linkTo(deps, tache, detail, work.transId) : undefined;
  const entries = await recordDecided(deps.journal, id, (written) => eventOf(written, rowId, work, link, worker.username, deps.now()));
  return { tache, detail, treatment: treatmentsOf(entries).get(rowId) ?? UNTREATED };
}

async function unexplainedRow(details: DetailsStore, { id, outcome }: Tache, rowId: number): Promise<UnexplainedDetail> {
  const count = outcome?.counts.unexplained ?? 0;
  const edition = outcome?.edition ?? '';
  const [first] = await details.read(id, edition, 'unexplained', 0, Math.min(1, count));
  const index = first === undefined ? -1 : rowId - first.id;
  const [row] = index < 0 || index >= count ? [] : await details.read(id, edition, 'unexplained', index, index + 1);
  return found(row, `Aucune ligne sans correspondant de cette tâche ne porte le numéro ${rowId}.`);
}

/** The transaction must be one that the row can be: of the operator's payment method, and of the row's amount. */
async function linkTo(deps: ManualWorkDependencies, tache: Tache, { row }: UnexplainedDetail, transId: string): Promise<LinkedTransaction> {
  const [transaction, operator] = await Promise.all([deps.transactions.find(transId), deps.operators.byCode(tache.operatorCode)]);
  const minor = (text: string) => {
    const amount = readAmount(text, MINOR_DIGITS[tache.currency]);
    return amount.kind === 'amount' ? amount.minor : undefined;
  };
  const refuse = (detail: string) => new Failure({ code: 'invalid-request', detail, errors: { cpm_trans_id: [detail] } });
  if (transaction === undefined) throw refuse(`Le grand livre n'a pas de transaction ${transId}.`);
  if (operator !== undefined && transaction.paymentMethod !== operator.ledger.paymentMethod)
    throw refuse(`La transaction ${transId} est d'un autre moyen de paiement : ${transaction.paymentMethod}.`);
  if (minor(transaction.amount) !== minor(row.amount)) throw refuse(`La transaction ${transId} est de ${transaction.amount}, la ligne de ${row.amount}.`);
  return { transId, amount: transaction.amount, success: statusVerdict(transaction.status) === 'success', payid: row.payid, paymentDate: row.time };
}

/** @returns `undefined` where it is done already @throws Failure 409 */
function eventOf(
  entries: readonly JournalEntry[],
  rowId: number,
  { action, reason }: ManualWork,
  link: LinkedTransaction | undefined,
  by: string,
  at: string,
): JournalEvent | undefined {
  if (entries.some((entry) => entry.action === 'validation')) throw conflict('La validation de cette tâche a commencé.');
  const treatments = treatmentsOf(entries);
  const treatment = treatments.get(rowId) ?? UNTREATED;
  if (isDone(treatment, action, reason, link, by)) return undefined;
  refuseContradiction(treatment, action);
  const other = link && [...treatments].find(([id, one]) => id !== rowId && one.link?.transId === link.transId);
  if (other !== undefined) throw conflict(`La transaction ${link?.transId} est déjà liée à la ligne ${other[0]}.`);
  return { event: `${action}#${rowId}#${entries.length + 1}`, at, by, action, reason, data: rowData(rowId, link) };
}

/** Whoever asks again, because the answer did not come, changes nothing. */
function isDone({ link, setAside, comments }: Treatment, action: ManualAction, reason: string, wanted: LinkedTransaction | undefined, by: string): boolean {
  switch (action) {
    case 'lien':
      return link !== undefined && link.transId === wanted?.transId;
    case 'lien-retire':
      return false;
    case 'mise-de-cote':
      return setAside?.text === reason;
    case 'mise-de-cote-retiree':
      return false;
    case 'commentaire':
      return comments.some((comment) => comment.by === by && comment.text === reason);
    default:
      return action satisfies never;
  }
}

function refuseContradiction({ link, setAside }: Treatment, action: ManualAction): void {
  const treats = action === 'lien' || action === 'mise-de-cote';
  if (treats && link !== undefined) throw conflict(`Cette ligne est liée à ${link.transId} : retirez d'abord ce lien.`);
  if (treats && setAside !== undefined) throw conflict("Cette ligne est mise de côté : reprenez-la d'abord.");
  if (action === 'lien-retire' && link === undefined) throw conflict("Cette ligne n'est liée à aucune transaction.");
  if (action === 'mise-de-cote-retiree' && setAside === undefined) throw conflict("Cette ligne n'est pas mise de côté.");
}

function conflict(detail: string): Failure {
  return new Failure({ code: 'conflict', detail });
}
