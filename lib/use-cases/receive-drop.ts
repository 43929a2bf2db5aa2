import type { Operator } from '../core/operator.ts';
import { DROP_OWNER, type StatementObject, type Tache } from '../core/tache.ts';
import type { Claims, Clock, LedgerQueue, MatchingQueue, Objects, Operators, Taches } from '../ports.ts';
import { takeClaim } from './claim-statement.ts';
import { REPORT_FOLDER, writeReport, writeReportOnce } from './drop-report.ts';
import { openOperator } from './open-operator.ts';

export interface DropDependencies {
  readonly operators: Operators;
  readonly taches: Taches;
  readonly claims: Claims;
  readonly objects: Objects;
  readonly matching: MatchingQueue;
  readonly ledgerImports: LedgerQueue;
  readonly now: Clock;
}

/** What a key of the drop folder asks for. */
export type DropKind =
  | { readonly kind: 'statement'; readonly operatorCode: string; readonly fileName: string }
  | { readonly kind: 'ledger' }
  /** Our own reports, and the empty objects that consoles make for folders. */
  | { readonly kind: 'nothing' }
  | { readonly kind: 'unknown' };

const STATEMENT_KEY = /^depot\/operateurs\/([^/]+)\/([^/]+)$/u;
const LEDGER_KEY = /^depot\/cinetpay\/[^/]+$/u;

export function dropKind(key: string): DropKind {
  if (key.endsWith('/') || key.startsWith(REPORT_FOLDER)) return { kind: 'nothing' };
  const [, operatorCode, fileName] = STATEMENT_KEY.exec(key) ?? [];
  if (operatorCode !== undefined && fileName !== undefined) return { kind: 'statement', operatorCode, fileName };
  return LEDGER_KEY.test(key) ? { kind: 'ledger' } : { kind: 'unknown' };
}

/** Takes in one object of the drop folder. Receiving the same object again changes nothing. */
export async function receiveDrop(deps: DropDependencies, object: StatementObject): Promise<void> {
  const drop = dropKind(object.key);
  switch (drop.kind) {
    case 'nothing':
      return;
    case 'ledger':
      return deps.ledgerImports.send(object);
    case 'unknown':
      await writeReportOnce(deps.objects, object, {
        raison: 'Emplacement inconnu, fichier laissé tel quel. Déposez les relevés sous depot/operateurs/<CODE>/ et le grand livre sous depot/cinetpay/.',
      });
      return;
    case 'statement':
      return receiveStatement(deps, object, drop);
    default:
      return drop satisfies never;
  }
}

async function receiveStatement(deps: DropDependencies, object: StatementObject, drop: { operatorCode: string; fileName: string }): Promise<void> {
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
  if (known !== undefined && known.state !== 'CREATION') return;
  const file = await deps.objects.spool(object);
  if (file === undefined) return;
  await file.remove();
  const at = deps.now();
  if (known === undefined) await deps.taches.create(newTache(id, operator, object, drop.fileName, at));
  const other = await takeClaim(deps, { kind: 'content', operatorCode: operator.code, value: file.sha256 }, { tacheId: id, owner: DROP_OWNER, at });
  if (other !== undefined) return refuseRepeat(deps, object, id, other);
  await deps.claims.take({ kind: 'name', operatorCode: operator.code, value: drop.fileName }, { tacheId: id, owner: DROP_OWNER, at }, undefined);
  await deps.matching.send(id);
}

async function refuseRepeat(deps: DropDependencies, object: StatementObject, id: number, other: { tacheId: number; owner: string }): Promise<void> {
  const raison = `Ce contenu a déjà été traité pour cet opérateur : tâche ${other.tacheId}, déposée par ${other.owner}.`;
  await writeReport(deps.objects, object, { raison, tache: id, existance: 'exist', person: other.owner });
  await deps.taches.fail(id, raison, deps.now());
}

function newTache(id: number, operator: Operator, source: StatementObject, fileName: string, at: string): Tache {
  return {
    id,
    createdAt: at,
    updatedAt: at,
    state: 'CREATION',
    owner: DROP_OWNER,
    fileName,
    description: '',
    operatorCode: operator.code,
    operatorId: operator.id,
    currency: operator.currency,
    bounds: {},
    source,
  };
}
