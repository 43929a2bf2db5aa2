import type { Operator } from '../core/operator.ts';
import { LARGEST_STATEMENT_BYTES, STATEMENT_TOO_LARGE } from '../core/statement-limits.ts';
import { type ArrivedObject, DROP_OWNER, type StatementObject, type Tache } from '../core/tache.ts';
import { UPLOAD_FOLDER, type Upload } from '../core/upload.ts';
import type { Claims, Clock, HeardObjects, Journal, LedgerQueue, MatchingQueue, NoticeQueue, Objects, Operators, Taches, Uploads } from '../ports.ts';
import { type Occupant, takeClaim, wake } from './claim-statement.ts';
import { RECEIPT_FOLDER, REPORT_FOLDER, writeReport, writeReportOnce } from './drop-report.ts';
import { recordAndTell, recordAndTellTache, recordTache } from './journal.ts';
import { openOperator } from './open-operator.ts';

export interface DropDependencies {
  readonly heard: HeardObjects;
  readonly operators: Operators;
  readonly taches: Taches;
  readonly claims: Claims;
  readonly journal: Journal;
  readonly notices: NoticeQueue;
  readonly uploads: Uploads;
  readonly objects: Objects;
  readonly matching: MatchingQueue;
  readonly ledgerImports: LedgerQueue;
  readonly now: Clock;
}

/** What a key of the drop folder asks for. */
export type DropKind =
  | { readonly kind: 'statement'; readonly operatorCode: string; readonly fileName: string }
  | { readonly kind: 'ledger' }
  /** A statement that somebody was allowed to bring: what it is stands in the registry. */
  | { readonly kind: 'upload'; readonly id: string }
  /** Our own reports and receipts, and the empty objects that consoles make for folders. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

const STATEMENT_KEY = /^depot\/operateurs\/([^/]+)\/([^/]+)$/u;
const LEDGER_KEY = /^depot\/cinetpay\/[^/]+$/u;

export function dropKind(key: string): DropKind {
  if (key.endsWith('/') || key.startsWith(REPORT_FOLDER) || key.startsWith(RECEIPT_FOLDER)) return { kind: 'nothing' };
  const [, operatorCode, fileName] = STATEMENT_KEY.exec(key) ?? [];
  if (operatorCode !== undefined && fileName !== undefined) return { kind: 'statement', operatorCode, fileName };
  if (key.startsWith(UPLOAD_FOLDER)) return { kind: 'upload', id: key.slice(UPLOAD_FOLDER.length) };
  return LEDGER_KEY.test(key) ? { kind: 'ledger' } : { kind: 'unknown' };
}

/** Takes in one object of the drop folder. Receiving the same object again changes nothing. */
export async function receiveDrop(deps: DropDependencies, { bytes = 0, ...object }: ArrivedObject): Promise<void> {
  const drop = dropKind(object.key);
  if (drop.kind === 'nothing') return;
  // Whatever becomes of it, its message is known of from here on: it comes again, or lies among the dead letters.
  await deps.heard.note(object, deps.now());
  switch (drop.kind) {
    case 'ledger':
      return deps.ledgerImports.send(object);
    case 'unknown':
      return reportUnknown(deps, object);
    case 'upload': {
      const upload = await deps.uploads.find(drop.id);
      return upload === undefined ? reportUnknown(deps, object) : receiveStatement(deps, object, bytes, upload);
    }
    case 'statement':
      return receiveStatement(deps, object, bytes, { ...drop, owner: DROP_OWNER, bounds: {} });
    default:
      return drop satisfies never;
  }
}

/** Work that a service failed is taken up by whatever tells of the object once more: its own message may be lost. */
function isToBeMatched({ state, resumable }: Tache): boolean {
  return state === 'CREATION' || (state === 'ECHEC' && resumable === true);
}

async function reportUnknown(deps: DropDependencies, object: StatementObject): Promise<void> {
  await writeReportOnce(deps.objects, object, {
    raison: 'Emplacement inconnu, fichier laissé tel quel. Déposez les relevés sous depot/operateurs/<CODE>/ et le grand livre sous depot/cinetpay/.',
  });
}

async function receiveStatement(deps: DropDependencies, object: StatementObject, bytes: number, drop: Upload): Promise<void> {
  const operator = await openOperator(deps.operators, drop.operatorCode);
  if (operator === undefined) {
    const operators = (await deps.operators.list()).filter(({ closed }) => closed !== true);
    await writeReportOnce(deps.objects, object, {
      raison: `Opérateur inconnu : ${drop.operatorCode}. Opérateurs connus : ${operators.map(({ code }) => code).join(', ')}.`,
    });
    return;
  }
  const id = await deps.claims.arrival(object, deps.taches.nextId);
  const known = await deps.taches.get(id);
  if (known !== undefined && !isToBeMatched(known)) return void (await recordAndTell(deps, known));
  if (bytes > LARGEST_STATEMENT_BYTES) {
    if (known === undefined) await deps.taches.create(newTache(id, operator, object, drop, deps.now()));
    await recordTache(deps, id);
    await writeReport(deps.objects, object, { raison: STATEMENT_TOO_LARGE, tache: id });
    return fail(deps, id, STATEMENT_TOO_LARGE);
  }
  const file = await deps.objects.spool(object);
  if (file === undefined) {
    if (known !== undefined) await fail(deps, id, GONE);
    return;
  }
  await file.remove();
  const at = deps.now();
  if (known === undefined) await deps.taches.create(newTache(id, operator, object, drop, at));
  await recordTache(deps, id);
  const holder = { tacheId: id, owner: drop.owner, at };
  const other = await takeClaim(deps, { kind: 'content', operatorCode: operator.code, value: file.sha256 }, holder);
  if (other !== undefined) return refuseRepeat(deps, object, id, other);
  // A name that is taken does not keep a new content from being matched.
  await takeClaim(deps, { kind: 'name', operatorCode: operator.code, value: drop.fileName }, holder);
  await deps.matching.send(id);
}

/** @throws Error where whoever has the content may yet break off: the drop is then looked at again later */
async function refuseRepeat(deps: DropDependencies, object: StatementObject, id: number, other: Occupant): Promise<void> {
  if (other.tache === undefined) throw new Error(`the content is claimed by tache ${other.tacheId}, which is not there yet`);
  await wake(deps.matching, other);
  const raison = `Ce contenu a déjà été traité pour cet opérateur : tâche ${other.tacheId}, déposée par ${other.owner}.`;
  await writeReport(deps.objects, object, { raison, tache: id, existance: 'exist', person: other.owner });
  await fail(deps, id, raison);
}

async function fail(deps: DropDependencies, id: number, description: string): Promise<void> {
  await deps.taches.fail(id, description, deps.now());
  await recordAndTellTache(deps, id);
}

const GONE = "Le fichier n'est plus dans le dépôt : déposez-le de nouveau.";

function newTache(id: number, operator: Operator, source: StatementObject, { owner, fileName, bounds }: Upload, at: string): Tache {
  return {
    id,
    createdAt: at,
    updatedAt: at,
    state: 'CREATION',
    owner,
    fileName,
    description: '',
    operatorCode: operator.code,
    operatorId: operator.id,
    currency: operator.currency,
    bounds,
    source,
  };
}
