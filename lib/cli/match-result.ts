import type { Operator } from '../core/operator.ts';
import { wireBridge, wireClasses, wireRefusal, wireSetAside, wireTotals } from '../http/outcome.ts';
import type { FilesOutcome } from '../use-cases/match-files.ts';

export type Reconciled = Extract<FilesOutcome, { kind: 'reconciled' }>;

/** What came of `match`. */
export type MatchResult =
  | { readonly kind: 'unknown-operator'; readonly known: readonly string[] }
  | { readonly kind: 'unreadable'; readonly file: 'statement' | 'ledger'; readonly detail: string }
  | Exclude<FilesOutcome, { kind: 'reconciled' }>
  | { readonly kind: 'reconciled'; readonly operator: Operator; readonly outcome: Reconciled };

/** The result as the one JSON object of `--json`: amounts in minor units; `error` is the status that the API would answer. */
export function jsonResult(result: MatchResult): Readonly<Record<string, unknown>> {
  switch (result.kind) {
    case 'unknown-operator':
      return { error: 404, operator: "doesn't exist" };
    case 'refused':
      return { error: 406, ...wireRefusal(result.refusal) };
    case 'ledger-headers-missing':
      return { error: 422, ledger: 'the headers do not match' };
    case 'unreadable':
      return { error: 422, [result.file]: 'unreadable', detail: result.detail };
    case 'reconciled':
      return reconciledJson(result.operator, result.outcome);
    default:
      return result satisfies never;
  }
}

function reconciledJson(operator: Operator, { reading, reconciliation, ledger }: Reconciled) {
  const { blank, repeatedHeader, total } = reading.skipped;
  return {
    devise: operator.currency,
    totaux: wireTotals(reconciliation.totals, (minor) => minor),
    passage: wireBridge(reconciliation.bridge, (minor) => minor),
    classes: wireClasses(reconciliation.classes, reading.setAside),
    lignes: {
      lues: reading.count,
      mis_de_cote: reading.setAside.length,
      mis_de_cote_par_raison: wireSetAside(reading.setAside),
      statuts_unclassified: reading.unclassifiedStatuses.map(({ word, rows }) => ({ statut: word, lignes: rows })),
      en_erreur: reading.bad.length,
      vides: blank,
      entetes_repetes: repeatedHeader,
      totaux: total,
    },
    ...(reading.sheet && { feuille: { lue: reading.sheet.name, non_lues: reading.sheet.unread } }),
    grand_livre: {
      lues: ledger.count,
      rejets: ledger.rejected.map(({ number, reason }) => ({ ligne: number, raison: reason })),
      devise_etrangere: ledger.foreign,
      unclassified: reconciliation.unclassified,
    },
  };
}
