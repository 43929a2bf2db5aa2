import { parseArgs } from 'node:util';

/** A call that cannot be understood. `message` is French: the person at the terminal reads it. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** What `match` was asked to do. */
export interface MatchCall {
  readonly operatorCode: string;
  readonly statementPath: string;
  readonly ledgerPath: string;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly json: boolean;
}

export const USAGE = `Usage :
  npm run reconcile -- match --operateur CODE --statement RELEVE --ledger GRAND_LIVRE
                             [--debut AAAA-MM-JJTHH:MM] [--fin AAAA-MM-JJTHH:MM] [--json]

  Rapproche un relevé d'opérateur (json, csv, xlsx, xls) du grand livre CinetPay (json, ndjson, csv, xlsx),
  sur cette machine seule. --debut et --fin sont à l'heure de l'opérateur ; sans eux la période vient du relevé.
  --json écrit un seul objet JSON. Code de sortie : 0 rapproché, 1 fichier refusé, 2 appel incorrect.`;

/** @throws UsageError */
export function readMatchCall(words: readonly string[]): MatchCall {
  const [command, ...rest] = words;
  if (command !== 'match') throw new UsageError(command === undefined ? 'Une commande est attendue.' : `Commande inconnue : ${command}.`);
  const { operateur, statement, ledger, debut, fin, json } = optionsOf(rest);
  return {
    operatorCode: required('--operateur', operateur),
    statementPath: required('--statement', statement),
    ledgerPath: required('--ledger', ledger),
    start: debut,
    end: fin,
    json: json ?? false,
  };
}

function optionsOf(words: readonly string[]) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        operateur: { type: 'string' },
        statement: { type: 'string' },
        ledger: { type: 'string' },
        debut: { type: 'string' },
        fin: { type: 'string' },
        json: { type: 'boolean' },
      },
    });
    return values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'Options illisibles.');
  }
}

function required(option: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`${option} est attendu.`);
  return value;
}
