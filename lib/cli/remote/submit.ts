import { openAsBlob } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type * as z from 'zod';
import { LARGEST_BODY } from '../../http/body.ts';
import { alreadyProcessed } from '../../http/schemas/problem.ts';
import { acknowledgement } from '../../http/schemas/submission.ts';
import { singleTache, tacheList } from '../../http/schemas/tache.ts';
import { uploadAnswer } from '../../http/schemas/upload.ts';
import { UsageError } from '../command-line.ts';
import { failureOf } from './failure-text.ts';
import { followTache } from './follow-tache.ts';
import { sendForm } from './form-upload.ts';
import { operatorNames } from './operator-names.ts';
import { EVERYWHERE, onlyWord, readWords } from './options.ts';
import { checkedAnswer, type Read, type RemoteApi, remoteApi } from './remote-api.ts';
import { interruption } from './remote-call.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { RemoteError } from './remote-error.ts';
import { type RemoteProgress, remoteProgress } from './remote-progress.ts';
import { isEqual, type RemoteTache, tacheReport } from './tache-report.ts';
import { say, sayJson, type Terminal } from './terminal.ts';

const OPTIONS = {
  ...EVERYWHERE,
  operateur: { type: 'string' },
  debut: { type: 'string' },
  fin: { type: 'string' },
  watch: { type: 'boolean' },
  strict: { type: 'boolean' },
} as const;

/** The parts of the form around the file. */
const FORM_BYTES = 8 * 1024;
const LOOK_AGAIN_MS = 500;
/** How long an uploaded file may take to become a tache. */
const LOOKS = 240;
const AT_REST = ['ATTENTE', 'VALIDEE', 'TERMINEE', 'ECHEC'] as const satisfies readonly RemoteTache['etat'][];

/** A statement as it is handed in. */
interface Wish {
  readonly path: string;
  readonly fileName: string;
  readonly bytes: number;
  readonly operateur: string;
  readonly dateDebut: string | undefined;
  readonly dateFin: string | undefined;
}

/** The tache of a statement, new or known. */
type Submitted = { readonly kind: 'taken'; readonly id: number } | { readonly kind: 'known'; readonly id: number; readonly refusal: RemoteError };

/** Hands in a statement, and follows it where that is asked. */
export const submitCommand: RemoteCommand = {
  usage: `  submit RELEVE --operateur CODE [--debut AAAA-MM-JJTHH:MM] [--fin AAAA-MM-JJTHH:MM] [--watch] [--strict]
      Dépose un relevé (xlsx, xls, csv, ods, json). --watch le suit jusqu'à son résultat et montre les chiffres et le passage.
      Un fichier déjà déposé n'est pas repris : sa tâche est montrée. Avec --strict, le code de sortie est 4 s'il reste un écart.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, OPTIONS);
    const wish = await wishOf(positionals, values);
    const { json = false, watch = false, strict = false } = values;
    const api = await remoteApi(values.api, terminal);
    const progress = remoteProgress(terminal, json);
    const submitted = await submit(api, wish, progress, terminal);
    if (submitted.kind === 'known') return shownKnown(api, submitted, json, terminal);
    const { id } = submitted;
    if (!json) await say(terminal.error, watch ? `Relevé déposé : tâche ${id}.` : `Relevé déposé : tâche ${id}. « show ${id} » dit où elle en est.`);
    const read = watch ? await followTache(api, id, AT_REST, { progress, interrupted: terminal.interrupted }) : await api.read(`/taches/${id}`, singleTache);
    if (json) await sayJson(terminal.output, read.body);
    else if (watch) await showTache(api, read.value, terminal);
    return exitCode(read.value, watch, strict);
  },
};

/** A file that was handed in before is not taken again: the caller is shown what there is of that name. */
async function shownKnown(api: RemoteApi, { id, refusal }: Extract<Submitted, { kind: 'known' }>, json: boolean, terminal: Terminal): Promise<number> {
  const { value, body } = await api.read(`/taches/${id}`, singleTache);
  if (json) {
    await sayJson(terminal.output, { ...refusal.json, tache: body });
    return EXIT.refused;
  }
  await say(terminal.error, `${refusal.message} Rien n'a été pris de nouveau ; voici sa tâche.`);
  await showTache(api, value, terminal);
  return EXIT.refused;
}

async function showTache(api: RemoteApi, tache: RemoteTache, terminal: Terminal): Promise<void> {
  await say(terminal.output, tacheReport(tache, (await operatorNames(api))(tache.operateur).name));
}

function exitCode(tache: RemoteTache, watch: boolean, strict: boolean): number {
  if (!watch) return EXIT.done;
  if (tache.etat === 'ECHEC') return EXIT.refused;
  return strict && !isEqual(tache) ? EXIT.unequal : EXIT.done;
}

async function wishOf(positionals: readonly string[], { operateur, debut, fin }: { operateur?: string; debut?: string; fin?: string }): Promise<Wish> {
  const path = onlyWord('le relevé', positionals);
  if (operateur === undefined || operateur === '') throw new UsageError('--operateur est attendu : le code de l’opérateur, par exemple OMCI.');
  const file = await stat(path).catch(() => undefined);
  if (file?.isFile() !== true) throw new UsageError(`Le fichier ${path} n'existe pas ou ne peut pas être lu.`);
  return { path, fileName: basename(path), bytes: file.size, operateur, dateDebut: debut, dateFin: fin };
}

async function submit(api: RemoteApi, wish: Wish, progress: RemoteProgress, terminal: Terminal): Promise<Submitted> {
  if (wish.bytes + FORM_BYTES > LARGEST_BODY) return uploaded(api, wish, progress, terminal);
  const body = new FormData();
  for (const [name, value] of Object.entries(fieldsOf(wish))) body.set(name, value);
  body.set('fichier', await openAsBlob(wish.path), wish.fileName);
  const answer = await api.ask('/reconciliation/', { method: 'POST', body });
  if (answer.status === 200) return { kind: 'taken', id: checkedAnswer(api.address, acknowledgement, answer).details.id };
  return knownTache(api, wish, failureOf(api.address, answer));
}

/** What is larger than a request goes to S3 by a form, and comes in as a dropped file does. */
async function uploaded(api: RemoteApi, wish: Wish, progress: RemoteProgress, { interrupted }: Terminal): Promise<Submitted> {
  const before = new Set((await tachesOf(api, wish)).map(({ id }) => id));
  const answer = await api.ask('/reconciliation/uploads/', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(fieldsOf(wish)) });
  if (answer.status !== 201) return knownTache(api, wish, failureOf(api.address, answer));
  const form = checkedAnswer(api.address, uploadAnswer, answer);
  await sendForm(form, wish, (sent) => progress.draw('Envoi', sent / wish.bytes, `${Math.round(sent / 1024 / 1024)} Mo`), interrupted);
  progress.clear();
  for (let look = 0; look < LOOKS; look++) {
    const found = (await tachesOf(api, wish)).find(({ id }) => !before.has(id));
    if (found !== undefined) return { kind: 'taken', id: found.id };
    await delay(LOOK_AGAIN_MS, undefined, { signal: interrupted }).catch(() => {
      throw interruption(`Le fichier est déposé : « taches --fichier ${wish.fileName} » montrera sa tâche.`);
    });
  }
  const detail = `Le fichier est déposé, mais sa tâche ne paraît pas encore : « taches --fichier ${wish.fileName} » la montrera.`;
  throw new RemoteError(detail, EXIT.unreachable, { error: 'attente', detail });
}

/** The tache that has a file's name already, where the caller may see it. @throws RemoteError the refusal otherwise */
async function knownTache(api: RemoteApi, wish: Wish, refusal: RemoteError): Promise<Submitted> {
  if (!alreadyProcessed.safeParse(refusal.json).success) throw refusal;
  // A tache in ECHEC gives its name free: it is not what stands in the way.
  const tache = (await tachesOf(api, wish)).find(({ etat }) => etat !== 'ECHEC');
  if (tache === undefined) throw refusal;
  return { kind: 'known', id: tache.id, refusal };
}

/** The taches of a file's very name, newest first. */
async function tachesOf(api: RemoteApi, { operateur, fileName }: Wish): Promise<z.infer<typeof tacheList>> {
  const query = new URLSearchParams({ operateur, fileName__icontains: fileName, limit: '100' });
  const { value }: Read<z.infer<typeof tacheList>> = await api.read(`/taches/?${query}`, tacheList);
  return value.filter((tache) => tache.fileName === fileName);
}

function fieldsOf({ operateur, fileName, dateDebut, dateFin }: Wish): Readonly<Record<string, string>> {
  return { operateur, fileName, ...(dateDebut !== undefined && { dateDebut }), ...(dateFin !== undefined && { dateFin }) };
}
