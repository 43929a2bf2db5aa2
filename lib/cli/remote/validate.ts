import * as z from 'zod';
import { detailsAnswer } from '../../http/schemas/details.ts';
import { singleTache } from '../../http/schemas/tache.ts';
import { UsageError } from '../command-line.ts';
import { failureOf } from './failure-text.ts';
import { followTache } from './follow-tache.ts';
import { openAnswer } from './hidden-answer.ts';
import { operatorNames } from './operator-names.ts';
import { EVERYWHERE, readWords, tacheNumber } from './options.ts';
import { checkedAnswer, type RemoteApi, remoteApi } from './remote-api.ts';
import type { RemoteAnswer } from './remote-call.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { RemoteError } from './remote-error.ts';
import { remoteProgress } from './remote-progress.ts';
import { moneyOf, type RemoteTache, tacheReport } from './tache-report.ts';
import { say, sayJson, type Terminal } from './terminal.ts';

const OPTIONS = { ...EVERYWHERE, except: { type: 'string' }, motif: { type: 'string' }, oui: { type: 'boolean' }, 'nouveau-visa': { type: 'boolean' } } as const;

/** The most that one answer holds. */
const PAGE = 5_000;

/** What a stage with four eyes answers to the first of two people. */
const firstOfTwo = z.object({ resultat: z.string(), details: singleTache });

/** Accepts the correspondents of a tache, but for those left out. */
export const validateCommand: RemoteCommand = {
  usage: `  validate NUMERO [--except 3,7] [--motif TEXTE] [--nouveau-visa] [--oui]
      Dit ce que la validation fera, demande confirmation (--oui : sans demander), valide et montre les chiffres d'après. --except laisse
      de côté des correspondants, par leur n° de « show ». Là où il faut deux personnes, --nouveau-visa remplace le visa d'une autre.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, OPTIONS);
    const id = tacheNumber(positionals);
    const excluded = excludedOf(values.except);
    const { json = false, oui = false } = values;
    if (!oui && terminal.input.isTTY !== true) throw new UsageError("Hors d'un terminal, personne ne peut confirmer : --oui est attendu.");
    const api = await remoteApi(values.api, terminal);
    const { value: tache } = await api.read(`/taches/${id}`, singleTache);
    // What does not wait for its validation is refused by the API, in its own words: nothing is asked before.
    if (!oui && tache.etat === 'ATTENTE' && !(await confirmed(api, tache, excluded, terminal))) throw declined();
    const body = { ids: excluded, ...(values.motif !== undefined && { motif: values.motif }), ...(values['nouveau-visa'] === true && { nouveauVisa: true }) };
    const answer = await api.ask(`/update_reconciliation/${id}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (answer.status !== 201 && answer.status !== 202) throw failureOf(api.address, answer);
    const { data: first } = firstOfTwo.safeParse(answer.body);
    await (first === undefined ? showFinished(api, id, answer, json, terminal) : json ? sayJson(terminal.output, answer.body) : say(terminal.output, first.resultat));
    return EXIT.done;
  },
};

/** The figures, once the validation has come to its end. */
async function showFinished(api: RemoteApi, id: number, answer: RemoteAnswer, json: boolean, terminal: Terminal): Promise<void> {
  if (answer.status === 202) checkedAnswer(api.address, singleTache, answer);
  const { value, body } = await followTache(api, id, ['TERMINEE', 'ATTENTE'], { progress: remoteProgress(terminal, json), interrupted: terminal.interrupted });
  await (json ? sayJson(terminal.output, body) : say(terminal.output, tacheReport(value, (await operatorNames(api))(value.operateur).name)));
}

function excludedOf(except: string | undefined): readonly number[] {
  if (except === undefined || except === '') return [];
  const numbers = except.split(',').map((text) => text.trim());
  if (!numbers.every((text) => /^\d{1,15}$/u.test(text))) throw new UsageError('--except : des n° de correspondants séparés par des virgules, par exemple 3,7.');
  return numbers.map(Number);
}

async function confirmed(api: RemoteApi, tache: RemoteTache, excluded: readonly number[], terminal: Terminal): Promise<boolean> {
  const money = moneyOf(tache.devise);
  const { montant, nombre } = tache.passage?.correspondent ?? { montant: 0, nombre: 0 };
  const left = excluded.length === 0 ? 0 : await amountOf(api, tache.id, new Set(excluded));
  await say(
    terminal.error,
    [
      `Valider la tâche ${tache.id} (${tache.fileName}) :`,
      `  ${nombre - new Set(excluded).size} correspondant(s) deviennent des succès au grand livre, pour ${money(montant - left)} ${tache.devise} ; les lignes liées à la main aussi`,
      ...(excluded.length === 0 ? [] : [`  laissés de côté : n° ${excluded.join(', ')}, pour ${money(left)} ${tache.devise}`]),
      `  ${tache.passage?.not_correspondent.nombre ?? 0} ligne(s) sans correspondant restent telles quelles`,
      '  une validation ne se reprend pas',
    ].join('\n'),
  );
  return /^o(?:ui)?$/iu.test((await openAnswer('Continuer ? [o/N] ', terminal)).trim());
}

/** What correspondents amount to, in the main unit; those that are not the tache's count nothing, and the API will say so. */
async function amountOf(api: RemoteApi, id: number, excluded: ReadonlySet<number>): Promise<number> {
  let sum = 0;
  let left = excluded.size;
  for (let path: string | undefined = `/details_taches/${id}?classe=correspondent&limit=${PAGE}`; path !== undefined && left > 0; ) {
    const page: { readonly value: z.infer<typeof detailsAnswer>; readonly next: string | undefined } = await api.read(path, detailsAnswer);
    for (const row of page.value.correspondent.filter((one) => excluded.has(one.id))) {
      sum += Number(row.AmountCorrespodent);
      left--;
    }
    path = page.next;
  }
  return sum;
}

function declined(): RemoteError {
  const detail = "Rien n'a été validé.";
  return new RemoteError(detail, EXIT.refused, { error: 'abandon', detail });
}
