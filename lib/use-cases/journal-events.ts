import type { Bridge, BridgeLine } from '../core/bridge.ts';
import type { Totals } from '../core/classes.ts';
import { type JournalEvent, type JournalValue, SYSTEM } from '../core/journal.ts';
import { amountText, MINOR_DIGITS } from '../core/money.ts';
import type { Tache, TacheOutcome } from '../core/tache.ts';
import type { Validation } from '../core/validation.ts';

/** What has happened to a tache, as its own state tells it, oldest first. The names in `data` are those of the API. */
export function eventsOf(tache: Tache): readonly JournalEvent[] {
  const { outcome, validation } = tache;
  return [
    creation(tache),
    ...(outcome === undefined ? [] : [result(tache)]),
    ...(tache.state === 'ECHEC' ? [failure(tache)] : []),
    ...(validation === undefined ? [] : [begun(tache)]),
    ...(validation?.result === undefined ? [] : [ended(tache)]),
  ].filter((event) => event !== undefined);
}

function creation({ createdAt, owner, fileName, operatorCode, bounds, source }: Tache): JournalEvent {
  return {
    event: 'creation',
    at: createdAt,
    by: owner,
    action: 'creation',
    reason: '',
    data: { fileName, operateur: operatorCode, dateDebut: bounds.start ?? null, dateFin: bounds.end ?? null, objet: source.key, version: source.versionId ?? null },
  };
}

function result(tache: Tache): JournalEvent | undefined {
  const { outcome, validation, updatedAt } = tache;
  if (outcome === undefined) return undefined;
  return {
    event: 'resultat',
    at: validation?.at ?? updatedAt,
    by: SYSTEM,
    action: 'resultat',
    reason: '',
    data: { ...figures(outcome.totals, tache), passage: bridge(outcome.bridge, tache), comptes: { ...outcome.counts }, edition: outcome.edition },
  };
}

/** A tache can fail more than once: its work is taken up again. */
function failure({ updatedAt, description }: Tache): JournalEvent {
  return { event: `echec#${updatedAt}`, at: updatedAt, by: SYSTEM, action: 'echec', reason: description, data: {} };
}

function begun({ validation, outcome }: Tache): JournalEvent | undefined {
  return validation && validationEvent(validation, outcome);
}

/** That a validation has begun: who agreed to what, and who had agreed before. */
export function validationEvent({ by, at, excluded, reason, firstVisa }: Validation, outcome: TacheOutcome | undefined): JournalEvent {
  return {
    event: 'validation',
    at,
    by,
    action: 'validation',
    reason: reason ?? '',
    data: { exclus: [...excluded], correspondants: outcome?.counts.correspondents ?? 0, ...(firstVisa && { premierVisa: { auteur: firstVisa.by, date: firstVisa.at } }) },
  };
}

function ended(tache: Tache): JournalEvent | undefined {
  const { validation } = tache;
  if (validation?.result === undefined) return undefined;
  const { totals, reconciled, notReconciled, conflicts, finishedAt } = validation.result;
  return {
    event: 'fin-validation',
    at: finishedAt,
    by: validation.by,
    action: 'fin-validation',
    reason: '',
    data: { ...figures(totals, tache), TrxReconciled: reconciled, TrxNonereconciled: notReconciled, conflits: conflicts },
  };
}

/** Amounts as decimal texts: they are hashed, and a text has one spelling. */
function figures(totals: Totals, tache: Tache): Readonly<Record<string, JournalValue>> {
  const shown = amountsOf(tache);
  return {
    devise: tache.currency,
    montantOperateur: shown(totals.operatorAmount),
    montantCinetpay: shown(totals.ledgerAmount),
    diffMontant: shown(totals.amountDifference),
    countOperator: totals.operatorCount,
    countCinetpay: totals.ledgerCount,
    diffCount: totals.countDifference,
  };
}

function bridge({ correspondents, unexplained, statementDuplicates, amountDiffers, ledgerDuplicates, absent, amountResidual }: Bridge, tache: Tache): JournalValue {
  const shown = amountsOf(tache);
  const line = ({ amount, count }: BridgeLine) => ({ montant: shown(amount), nombre: count });
  return {
    correspondent: line(correspondents),
    not_correspondent: line(unexplained),
    doublon_operateur: line(statementDuplicates),
    montant_different: line(amountDiffers),
    doublon_cinetpay: line(ledgerDuplicates),
    absent_operateur: line(absent),
    residu: shown(amountResidual),
  };
}

function amountsOf({ currency }: Tache): (minor: number) => string {
  return (minor) => amountText(minor, MINOR_DIGITS[currency]);
}
