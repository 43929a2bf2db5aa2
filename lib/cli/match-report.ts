import type { Classes } from '../core/classes.ts';
import { amountText, MINOR_DIGITS } from '../core/money.ts';
import type { Operator } from '../core/operator.ts';
import { SET_ASIDE_REASONS, setAsideCounts } from '../core/set-aside.ts';
import { wireBridge, wireTotals } from '../http/outcome.ts';
import { frenchRefusal } from '../use-cases/french-refusal.ts';
import { missingColumns } from '../use-cases/import-ledger.ts';
import { SET_ASIDE_FRENCH } from '../use-cases/result-lines.ts';
import { bridgeTable, figuresTable, grouped } from './figures-table.ts';
import type { MatchResult, Reconciled } from './match-result.ts';

const SHOWN_ANOMALIES = 20;
const SHOWN_WORDS = 10;

/** The result as a person reads it at the terminal, in French. */
export function matchReport(result: MatchResult): string {
  switch (result.kind) {
    case 'unknown-operator':
      return `Opérateur inconnu. Opérateurs connus : ${result.known.join(', ')}.`;
    case 'refused':
      return `Relevé refusé. ${frenchRefusal(result.refusal)}`;
    case 'ledger-headers-missing':
      return `Grand livre refusé. ${missingColumns()}`;
    case 'unreadable':
      return `${result.file === 'statement' ? 'Relevé' : 'Grand livre'} illisible. ${result.detail}`;
    case 'reconciled':
      return reconciledReport(result.operator, result.outcome);
    default:
      return result satisfies never;
  }
}

function reconciledReport(operator: Operator, outcome: Reconciled): string {
  const { reading, reconciliation, ledger } = outcome;
  const { totals, bridge, classes, unclassified } = reconciliation;
  const money = moneyOf(operator);
  const notes = [
    ...setAsideNotes(reading),
    ...note(reading.bad.length, 'ligne(s) du relevé en erreur, écartées'),
    ...note(ledger.rejected.length, 'ligne(s) du grand livre rejetées'),
    ...note(ledger.foreign, "ligne(s) du grand livre dont le montant n'existe pas dans la devise"),
    ...note(unclassified, 'transaction(s) au statut inconnu, comptées comme non réussies'),
  ];
  return [
    `Rapprochement ${operator.name} (${operator.code}), montants en ${operator.currency}`,
    `${reading.count} ligne(s) lues dans le relevé, ${ledger.count} dans le grand livre`,
    '',
    ...figuresTable(wireTotals(totals, minorUnits), money),
    '',
    ...bridgeTable(wireBridge(bridge, minorUnits), money),
    '',
    `${classes.matched.length} rapprochée(s), ${classes.amountDiffers.length} au montant différent, ${classes.correspondents.length} correspondant(s), ${classes.unexplained.length} sans correspondant`,
    ...(notes.length > 0 ? ['', ...notes] : []),
    ...anomalyLines(operator, outcome),
  ].join('\n');
}

function anomalyLines(operator: Operator, { reconciliation: { classes } }: Reconciled): readonly string[] {
  const money = moneyOf(operator);
  const { amountDiffers, statementDuplicates, ledgerDuplicates, absent, unexplained } = classes;
  const count = [amountDiffers, statementDuplicates, ledgerDuplicates, absent, unexplained].reduce((sum, { length }) => sum + length, 0);
  if (count === 0) return ['', 'Aucune anomalie.'];
  const more = count > SHOWN_ANOMALIES ? [`  … et ${count - SHOWN_ANOMALIES} autres : --json les donne toutes`] : [];
  return ['', 'Anomalies', ...firstOf(allAnomalyLines(classes, money), SHOWN_ANOMALIES), ...more];
}

function firstOf<Item>(items: Iterator<Item, void, undefined>, count: number): Item[] {
  const first: Item[] = [];
  for (let next = items.next(); !next.done && first.length < count; next = items.next()) first.push(next.value);
  return first;
}

function* allAnomalyLines(classes: Classes, money: (minor: number) => string): Generator<string, void, undefined> {
  for (const { row, candidate } of classes.amountDiffers) {
    yield `  ligne ${row.number}  ${row.payid}  montant différent : opérateur ${money(row.amount)}, CinetPay ${money(candidate.amount)} (${candidate.transaction.transId})`;
  }
  for (const row of classes.statementDuplicates) yield `  ligne ${row.number}  ${row.payid}  doublon opérateur : ${money(row.amount)}`;
  for (const { transaction, amount } of classes.ledgerDuplicates) yield `  ${transaction.transId}  ${transaction.payid}  doublon CinetPay : ${money(amount)}`;
  for (const { candidate, nearEdge } of classes.absent) {
    yield `  ${candidate.transaction.transId}  ${candidate.transaction.payid}  absent de l'opérateur : ${money(candidate.amount)}${nearEdge ? ' (limite de période)' : ''}`;
  }
  for (const row of classes.unexplained) yield `  ligne ${row.number}  ${row.payid}  sans correspondant : ${money(row.amount)}`;
}

function setAsideNotes({ setAside, unclassifiedStatuses, sheet }: Reconciled['reading']): readonly string[] {
  const counts = setAsideCounts(setAside);
  const words = unclassifiedStatuses.slice(0, SHOWN_WORDS).map(({ word, rows }) => `« ${word} » (${rows})`);
  return [
    ...SET_ASIDE_REASONS.flatMap((reason) => note(counts[reason], `ligne(s) du relevé mises de côté : ${SET_ASIDE_FRENCH[reason]}`)),
    ...(words.length > 0 ? [`statuts inconnus, à ranger parmi les succès ou les échecs de l'opérateur : ${words.join(', ')}`] : []),
    ...(sheet !== undefined && sheet.unread.length > 0 ? [`feuille lue : « ${sheet.name} » ; non lues : ${sheet.unread.map((name) => `« ${name} »`).join(', ')}`] : []),
  ];
}

function note(count: number, text: string): readonly string[] {
  return count === 0 ? [] : [`${count} ${text}`];
}

function moneyOf({ currency }: Operator) {
  return (minor: number) => grouped(amountText(minor, MINOR_DIGITS[currency]));
}

function minorUnits(minor: number): number {
  return minor;
}
