import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import * as z from 'zod';
import { EXPORT_FORMATS } from '../../core/export-format.ts';
import { exportAnswer, exportPending } from '../../http/schemas/export.ts';
import { UsageError } from '../command-line.ts';
import { failureOf } from './failure-text.ts';
import { EVERYWHERE, readWords, tacheNumber } from './options.ts';
import { checkedAnswer, type RemoteApi, remoteApi } from './remote-api.ts';
import { interruption, unreachable } from './remote-call.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { RemoteError } from './remote-error.ts';
import { type RemoteProgress, remoteProgress } from './remote-progress.ts';
import { say, sayJson, type Terminal } from './terminal.ts';

const OPTIONS = { ...EVERYWHERE, format: { type: 'string' }, sortie: { type: 'string' } } as const;

/** Writes the export of a tache into a file. */
export const exportCommand: RemoteCommand = {
  usage: `  export NUMERO [--format xlsx|csv|pdf] [--sortie FICHIER]
      Le classeur (xlsx, sans --format), la table ou l'état d'une page à signer, dans FICHIER ou sous le nom que l'API lui donne.
      Un fichier de ce nom est remplacé, une fois le nouveau entier.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, OPTIONS);
    const id = tacheNumber(positionals);
    const { data: format } = z.enum(EXPORT_FORMATS).safeParse(values.format ?? 'xlsx');
    if (format === undefined) throw new UsageError(`--format : l'un de ${EXPORT_FORMATS.join(', ')}.`);
    const { json = false } = values;
    const api = await remoteApi(values.api, terminal);
    const progress = remoteProgress(terminal, json);
    const { url, fileName } = await readyExport(api, `/taches/${id}/export?format=${format}`, progress, terminal.interrupted);
    const path = values.sortie ?? ownName(fileName, `rapprochement-${id}.${format}`);
    const bytes = await fetchFile(url, path, progress, terminal);
    if (json) await sayJson(terminal.output, { tache: id, format, fichier: resolve(path), octets: bytes });
    else await say(terminal.output, `${path} : ${bytes.toLocaleString('fr-FR').replaceAll(/\s/gu, ' ')} octets`);
    return EXIT.done;
  },
};

/** A large export is made first; whoever asks again finds it. */
async function readyExport(api: RemoteApi, path: string, progress: RemoteProgress, interrupted: AbortSignal): Promise<z.infer<typeof exportAnswer>> {
  try {
    for (;;) {
      const answer = await api.ask(path);
      if (answer.status === 200) return checkedAnswer(api.address, exportAnswer, answer);
      if (answer.status !== 202) throw failureOf(api.address, answer);
      progress.draw('Préparation', 0, '');
      await delay(checkedAnswer(api.address, exportPending, answer).retry_after * 1_000, undefined, { signal: interrupted });
    }
  } catch (error) {
    if (interrupted.aborted) throw interruption("Interrompu : l'export se prépare sans vous, redemandez-le plus tard.");
    throw error;
  } finally {
    progress.clear();
  }
}

/** The name that the API gives, as far as it is a mere name: no answer decides over a folder. */
export function ownName(fileName: string, otherwise: string): string {
  const name = basename(fileName);
  return name === fileName && !/[\\/:\p{Cc}]/u.test(name) && !name.startsWith('.') ? name : otherwise;
}

/** Nobody ever sees half of the file: it gets its name once it is whole. @returns its bytes */
async function fetchFile(url: string, path: string, progress: RemoteProgress, { interrupted }: Terminal): Promise<number> {
  const unfinished = `${path}.${process.pid}.partiel`;
  let bytes = 0;
  try {
    const response = await fetch(url, { signal: interrupted });
    if (!response.ok || response.body === null) throw refusedLink(response.status);
    const length = Number(response.headers.get('content-length'));
    const counting = new Transform({
      transform(piece: Buffer, _encoding, done) {
        bytes += piece.length;
        progress.draw('Réception', length > 0 ? bytes / length : 0, `${Math.round(bytes / 1024)} Ko`);
        done(null, piece);
      },
    });
    await pipeline(response.body, counting, createWriteStream(unfinished));
    await rename(unfinished, path);
    return bytes;
  } catch (error) {
    await rm(unfinished, { force: true });
    if (interrupted.aborted) throw interruption('Interrompu : aucun fichier n’a été écrit.');
    if (error instanceof RemoteError) throw error;
    throw isOfFiles(error) ? unwritable(path, error) : unreachable(url, error);
  } finally {
    progress.clear();
  }
}

function refusedLink(status: number): RemoteError {
  const detail = `Le lien de l'export répond ${status} : redemandez-le, il vaut quinze minutes.`;
  return new RemoteError(detail, EXIT.unreachable, { error: status, detail });
}

/** Errors of the file system name the call that failed; those of the network are thrown by `fetch`. */
function isOfFiles(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && 'syscall' in error && 'path' in error && 'code' in error && typeof error.code === 'string';
}

function unwritable(path: string, { code }: { readonly code: string }): RemoteError {
  const detail = `${path} ne peut pas être écrit (${code}).`;
  return new RemoteError(detail, EXIT.refused, { error: 'fichier', detail });
}
