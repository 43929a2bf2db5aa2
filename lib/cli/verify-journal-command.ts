import { readFile } from 'node:fs/promises';
import * as z from 'zod';
import { chainBreak, type JournalAction, type JournalEntry } from '../core/journal.ts';
import { amountText, MINOR_DIGITS } from '../core/money.ts';
import { CURRENCIES } from '../core/operator.ts';
import { entryOfWire, journalAnswer } from '../http/schemas/journal.ts';
import { singleTache } from '../http/schemas/tache.ts';
import { journalHash } from '../use-cases/journal.ts';
import { UsageError, type VerifyCall } from './command-line.ts';

/** What came of the verification. */
export type VerifyResult =
  | { readonly kind: 'holds'; readonly tacheId: number; readonly entries: number; readonly hash: string }
  | { readonly kind: 'broken'; readonly tacheId: number; readonly number: number; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly detail: string };

const WHAT = {
  number: 'une écriture manque, ou n’est pas à sa place',
  tache: 'cette écriture est celle d’une autre tâche',
  previous: 'l’écriture d’avant n’est plus celle à laquelle celle-ci fait suite',
  hash: 'l’écriture a été modifiée depuis qu’elle a été écrite',
  event: 'cet événement est déjà écrit plus haut',
} as const;

/** What a tache in a state must have in its journal: an end that was cut off is found by what the tache says. */
const MUST_TELL: Readonly<Record<string, readonly JournalAction[]>> = {
  ATTENTE: ['creation', 'resultat'],
  VALIDEE: ['creation', 'resultat', 'validation'],
  TERMINEE: ['creation', 'resultat', 'validation', 'fin-validation'],
  ECHEC: ['creation', 'echec'],
};

/** Proves that a journal is what was written, from an API or from a file of its answers. */
export async function verifyJournal(call: VerifyCall): Promise<VerifyResult> {
  try {
    if (call.source.kind === 'file') {
      const entries = entriesOf(JSON.parse(await readFile(call.source.path, 'utf8')));
      return judged(call, call.source.tacheId ?? entries[0]?.tacheId ?? 0, entries, undefined);
    }
    const { api, tacheId } = call.source;
    const get = await reader(api);
    const tache = singleTache.parse((await get(`/taches/${tacheId}`)).body);
    return judged(call, tacheId, await allEntries(get, `/taches/${tacheId}/journal`), tache);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    return { kind: 'unreachable', detail: error instanceof Error ? error.message : 'illisible' };
  }
}

function judged({ knownHash }: VerifyCall, tacheId: number, entries: readonly JournalEntry[], tache: z.infer<typeof singleTache> | undefined): VerifyResult {
  const broken = (number: number, detail: string) => ({ kind: 'broken', tacheId, number, detail }) as const;
  const first = chainBreak(tacheId, entries, journalHash);
  if (first !== undefined) return broken(first.number, WHAT[first.what]);
  const last = entries.at(-1);
  if (last === undefined) return broken(1, 'le journal est vide');
  if (knownHash !== undefined && !entries.some(({ hash }) => hash === knownHash))
    return broken(last.number, `aucune écriture ne porte l’empreinte ${knownHash} : le journal a été réécrit, ou coupé`);
  const missing = MUST_TELL[tache?.etat ?? '']?.find((action) => !entries.some((entry) => entry.action === action));
  if (missing !== undefined) return broken(last.number + 1, `la tâche est en ${tache?.etat}, et le journal ne dit rien de « ${missing} » : sa fin a été coupée`);
  const wrong = tache && entries.find((entry) => !fits(entry, tache));
  if (wrong !== undefined) return broken(wrong.number, 'ses chiffres ne sont pas ceux de la tâche');
  return { kind: 'holds', tacheId, entries: entries.length, hash: last.hash };
}

/** The figures of a result, and of the end of a validation, are those that the tache shows. */
function fits({ action, data }: JournalEntry, tache: z.infer<typeof singleTache>): boolean {
  const shown = { resultat: [tache.montantOperateur, tache.montantCinetpay], 'fin-validation': [tache.montantOperateurAfter, tache.montantCinetpayAfter] } as const;
  if (action !== 'resultat' && action !== 'fin-validation') return true;
  const currency = z.enum(CURRENCIES).parse(tache.devise);
  const written = [data['montantOperateur'], data['montantCinetpay']];
  return shown[action].every(
    (amount, index) => typeof amount === 'number' && amountText(Math.round(amount * 10 ** MINOR_DIGITS[currency]), MINOR_DIGITS[currency]) === written[index],
  );
}

function entriesOf(answer: unknown): readonly JournalEntry[] {
  return journalAnswer.parse(answer).map(entryOfWire);
}

type Reader = (path: string) => Promise<Answer>;

interface Answer {
  readonly body: unknown;
  readonly link: string;
}

async function allEntries(get: Reader, path: string): Promise<readonly JournalEntry[]> {
  const entries: JournalEntry[] = [];
  for (let next: string | undefined = path; next !== undefined; ) {
    const answer: Answer = await get(next);
    entries.push(...entriesOf(answer.body));
    next = /<([^>]+)>; rel="next"/u.exec(answer.link)?.[1];
  }
  return entries;
}

/** As whoever signed in with `login`, or by the token of the environment: what stands on a command line is seen by others of the machine. */
async function reader(api: string): Promise<Reader> {
  const { remoteApi } = await import('./remote/remote-api.ts');
  const { ask } = await remoteApi(api, { environment: process.env, interrupted: new AbortController().signal });
  return async (path) => {
    const { status, body, headers } = await ask(path);
    if (status < 200 || status > 299)
      throw new Error(`${api} répond ${status} à ${path}${status === 401 ? ' : connectez-vous avec login, ou mettez un jeton dans RECONCILIATION_TOKEN' : ''}`);
    return { body, link: headers.get('link') ?? '' };
  };
}

export function verifyReport(result: VerifyResult): string {
  switch (result.kind) {
    case 'holds':
      return `Le journal de la tâche ${result.tacheId} tient : ${result.entries} écriture(s), empreinte ${result.hash}.`;
    case 'broken':
      return `Le journal de la tâche ${result.tacheId} ne tient pas, à l'écriture ${result.number} : ${result.detail}.`;
    case 'unreachable':
      return `Le journal n'a pas pu être lu : ${result.detail}.`;
    default:
      return result satisfies never;
  }
}
