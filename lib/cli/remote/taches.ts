import type * as z from 'zod';
import { type listedTache, tacheList } from '../../http/schemas/tache.ts';
import { grouped } from '../figures-table.ts';
import { operatorNames } from './operator-names.ts';
import { EVERYWHERE, noWord, readWords, rowCount } from './options.ts';
import { type RemoteApi, remoteApi } from './remote-api.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { momentText } from './tache-report.ts';
import { say, sayJson, type Terminal } from './terminal.ts';

const OPTIONS = {
  ...EVERYWHERE,
  operateur: { type: 'string' },
  etat: { type: 'string' },
  fichier: { type: 'string' },
  debut: { type: 'string' },
  fin: { type: 'string' },
  limite: { type: 'string' },
  tout: { type: 'boolean' },
} as const;

const SHOWN = 20;
/** The most that one answer holds. */
const PAGE = 500;

/** The options under the names of the API's filters. */
const FILTERS = { operateur: 'operateur', etat: 'etat', fichier: 'fileName__icontains', debut: 'dateDebut', fin: 'dateFin' } as const;

type Listed = z.infer<typeof listedTache>;

/** Lists taches, newest first. */
export const tachesCommand: RemoteCommand = {
  usage: `  taches [--operateur CODE] [--etat ETAT] [--fichier PARTIE] [--debut AAAA-MM-JJ] [--fin AAAA-MM-JJ] [--limite N | --tout]
      Les tâches, les plus récentes d'abord : ${SHOWN}, ou --limite N, ou --tout. --json --tout écrit un objet par ligne.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, OPTIONS);
    noWord(positionals);
    const { json = false, tout = false } = values;
    const limit = tout ? undefined : rowCount('--limite', values.limite, SHOWN);
    const query = new URLSearchParams({ limit: String(Math.min(limit ?? PAGE, PAGE)) });
    for (const [option, filter] of Object.entries(FILTERS)) {
      const value = Object.entries(values).find(([name]) => name === option)?.[1];
      if (typeof value === 'string') query.set(filter, value);
    }
    const api = await remoteApi(values.api, terminal);
    if (json && limit !== undefined) {
      const taches: unknown[] = [];
      for await (const { body } of listed(api, query, limit)) taches.push(body);
      await sayJson(terminal.output, taches);
      return EXIT.done;
    }
    if (json) for await (const { body } of listed(api, query, limit)) await sayJson(terminal.output, body);
    else await writeTable(api, listed(api, query, limit), terminal);
    return EXIT.done;
  },
};

async function writeTable(api: RemoteApi, taches: AsyncIterable<{ readonly tache: Listed }>, { output }: Terminal): Promise<void> {
  const operators = await operatorNames(api);
  let shown = 0;
  for await (const { tache } of taches) {
    if (shown++ === 0) await say(output, line('N°', 'État', 'Opérateur', 'Créée (UTC)', 'Différence', 'Fichier'));
    await say(output, line(String(tache.id), tache.etat, operators(tache.operateur).code, momentText(tache.dateCreation), grouped(tache.diffMontant), tache.fileName));
  }
  if (shown === 0) await say(output, 'Aucune tâche.');
}

/** Page by page, to the limit; each as it came, and as the schema knows it. */
async function* listed(api: RemoteApi, query: URLSearchParams, limit: number | undefined): AsyncGenerator<{ readonly tache: Listed; readonly body: unknown }, void, undefined> {
  let given = 0;
  for (let path: string | undefined = `/taches/?${query}`; path !== undefined; ) {
    const page: { readonly value: readonly Listed[]; readonly body: unknown; readonly next: string | undefined } = await api.read(path, tacheList);
    const bodies: readonly unknown[] = Array.isArray(page.body) ? page.body : [];
    for (const [index, tache] of page.value.entries()) {
      if (given === limit) return;
      given++;
      yield { tache, body: bodies[index] };
    }
    path = page.next;
  }
}

function line(id: string, etat: string, operateur: string, created: string, difference: string, fileName: string): string {
  return `${id.padStart(7)}  ${etat.padEnd(9)} ${operateur.padEnd(12)} ${created.padEnd(20)} ${difference.padStart(16)}  ${fileName}`;
}
