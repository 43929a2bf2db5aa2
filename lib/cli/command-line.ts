import { parseArgs } from 'node:util';

/** A call that cannot be understood. `message` is French: the person at the terminal reads it. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}

/** What `match` was asked to do. One of `operatorCode` and `profilePath` is given. */
export interface MatchCall {
  readonly command: 'match';
  readonly operatorCode: string | undefined;
  /** A profile that is tried before it is declared. */
  readonly profilePath: string | undefined;
  readonly statementPath: string;
  readonly ledgerPath: string;
  readonly start: string | undefined;
  readonly end: string | undefined;
  readonly json: boolean;
}

/** What `profile` was asked to do. */
export interface ProfileCall {
  readonly command: 'profile';
  readonly path: string;
  readonly operatorCode: string | undefined;
  readonly json: boolean;
}

/** What `verify-journal` was asked to do. */
export interface VerifyCall {
  readonly command: 'verify-journal';
  readonly source:
    | { readonly kind: 'api'; readonly api: string; readonly tacheId: number }
    | { readonly kind: 'file'; readonly path: string; readonly tacheId: number | undefined };
  /** A hash that was noted elsewhere, on a signed statement: an entry must have it. */
  readonly knownHash: string | undefined;
  readonly json: boolean;
}

export const USAGE = `Usage :
  npm run reconcile -- match --operateur CODE --statement RELEVE --ledger GRAND_LIVRE [--profil PROFIL]
                             [--debut AAAA-MM-JJTHH:MM] [--fin AAAA-MM-JJTHH:MM] [--json]
  npm run reconcile -- profile --file RELEVE [--operateur CODE] [--json]
  npm run reconcile -- verify-journal (--api URL --tache NUMERO | --file JOURNAL.json) [--empreinte HASH] [--json]

  match rapproche un relevé d'opérateur (json, csv, xlsx, xls, ods) du grand livre CinetPay (json, ndjson, csv, xlsx),
  sur cette machine seule. --debut et --fin sont à l'heure de l'opérateur ; sans eux la période vient du relevé.
  --profil essaie un profil (le JSON de l'API des opérateurs) avant de le déclarer : seul, il doit être complet ;
  avec --operateur, ses champs remplacent ceux de cet opérateur.

  profile montre ce que contient un relevé et propose un profil. --operateur dit si le format de cet opérateur convient.

  verify-journal prouve qu'un journal est tel qu'il a été écrit, et que la tâche ne dit pas autre chose. --empreinte est celle
  que porte un état signé : le journal doit l'avoir. Le jeton est celui de login, ou celui de RECONCILIATION_TOKEN.

  --json écrit un seul objet JSON. Code de sortie : 0 rapproché, décrit ou prouvé, 1 fichier refusé ou journal qui ne tient pas, 2 appel incorrect.`;

const MATCH_OPTIONS = {
  operateur: { type: 'string' },
  profil: { type: 'string' },
  statement: { type: 'string' },
  ledger: { type: 'string' },
  debut: { type: 'string' },
  fin: { type: 'string' },
  json: { type: 'boolean' },
} as const;

const PROFILE_OPTIONS = { file: { type: 'string' }, operateur: { type: 'string' }, json: { type: 'boolean' } } as const;

const VERIFY_OPTIONS = { api: { type: 'string' }, tache: { type: 'string' }, file: { type: 'string' }, empreinte: { type: 'string' }, json: { type: 'boolean' } } as const;

/** @throws UsageError */
export function readCall(words: readonly string[]): MatchCall | ProfileCall | VerifyCall {
  const [command, ...rest] = words;
  switch (command) {
    case 'match':
      return readMatchCall(rest);
    case 'profile':
      return readProfileCall(rest);
    case 'verify-journal':
      return readVerifyCall(rest);
    case undefined:
      throw new UsageError('Une commande est attendue.');
    default:
      throw new UsageError(`Commande inconnue : ${command}.`);
  }
}

function readMatchCall(words: readonly string[]): MatchCall {
  const { operateur, profil, statement, ledger, debut, fin, json } = understood(() => parseArgs({ args: [...words], options: MATCH_OPTIONS }).values);
  return {
    command: 'match',
    operatorCode: profil === undefined ? required('--operateur', operateur) : operateur,
    profilePath: profil,
    statementPath: required('--statement', statement),
    ledgerPath: required('--ledger', ledger),
    start: debut,
    end: fin,
    json: json ?? false,
  };
}

function readProfileCall(words: readonly string[]): ProfileCall {
  const { file, operateur, json } = understood(() => parseArgs({ args: [...words], options: PROFILE_OPTIONS }).values);
  return { command: 'profile', path: required('--file', file), operatorCode: operateur, json: json ?? false };
}

function readVerifyCall(words: readonly string[]): VerifyCall {
  const { api, tache, file, empreinte, json } = understood(() => parseArgs({ args: [...words], options: VERIFY_OPTIONS }).values);
  if ((api === undefined) === (file === undefined)) throw new UsageError("L'un de --api et --file est attendu.");
  if (tache !== undefined && !/^\d{1,15}$/u.test(tache)) throw new UsageError('--tache est le numéro de la tâche.');
  const tacheId = tache === undefined ? undefined : Number(tache);
  const source =
    file === undefined
      ? ({ kind: 'api', api: required('--api', api).replace(/\/+$/u, ''), tacheId: Number(required('--tache', tache)) } as const)
      : ({ kind: 'file', path: file, tacheId } as const);
  return { command: 'verify-journal', source, knownHash: empreinte?.toLowerCase(), json: json ?? false };
}

function understood<Values>(parse: () => Values): Values {
  try {
    return parse();
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : 'Options illisibles.');
  }
}

function required(option: string, value: string | undefined): string {
  if (value === undefined || value === '') throw new UsageError(`${option} est attendu.`);
  return value;
}
