import { detailsAnswer } from '../../http/schemas/details.ts';
import { CLASS_TITLES, type DetailLine, detailLines } from './detail-lines.ts';
import { operatorNames } from './operator-names.ts';
import { EVERYWHERE, readWords, rowCount, tacheNumber } from './options.ts';
import { type Read, type RemoteApi, remoteApi } from './remote-api.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { tacheReport } from './tache-report.ts';
import { say, sayJson, type Terminal } from './terminal.ts';

const OPTIONS = {
  ...EVERYWHERE,
  classe: { type: 'string' },
  telephone: { type: 'string' },
  payid: { type: 'string' },
  'montant-min': { type: 'string' },
  'montant-max': { type: 'string' },
  limite: { type: 'string' },
  tout: { type: 'boolean' },
} as const;

const SHOWN_ROWS = 20;
/** The most that one answer holds. */
const PAGE = 5_000;

/** The options of `show` under the names of the API's filters. */
const FILTERS = { classe: 'classe', telephone: 'telephone', payid: 'payid', 'montant-min': 'montantMin', 'montant-max': 'montantMax' } as const;

/** Shows a tache: figures, bridge, and its exceptions, a page or all of them. */
export const showCommand: RemoteCommand = {
  usage: `  show NUMERO [--classe C,…] [--telephone T] [--payid P] [--montant-min M] [--montant-max M] [--limite N | --tout]
      Chiffres, passage, et les lignes qui ne sont pas rapprochées : ${SHOWN_ROWS} au plus, ou --limite N, ou --tout. Classes : correspondent,
      not_correspondent, montant_different, doublon_operateur, doublon_cinetpay, absent_operateur. --json --tout écrit un objet par ligne.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, OPTIONS);
    const id = tacheNumber(positionals);
    const { json = false, tout = false } = values;
    const limit = tout ? PAGE : rowCount('--limite', values.limite, SHOWN_ROWS);
    const query = new URLSearchParams({ limit: String(Math.min(limit, PAGE)) });
    for (const [option, filter] of Object.entries(FILTERS)) {
      const value = Object.entries(values).find(([name]) => name === option)?.[1];
      if (typeof value === 'string') query.set(filter, value);
    }
    const api = await remoteApi(values.api, terminal);
    const first = await api.read(`/details_taches/${id}?${query}`, detailsAnswer);
    if (json && !tout) {
      await sayJson(terminal.output, first.body);
      if (first.next !== undefined) await say(terminal.error, 'Il y a d’autres lignes : --tout les donne toutes, une par ligne.');
      return EXIT.done;
    }
    await (json ? writeJsonLines(api, first, terminal) : writeReport(api, first, tout ? undefined : limit, terminal));
    return EXIT.done;
  },
};

type Details = Read<ReturnType<typeof detailsAnswer.parse>>;

/** The tache on the first line, then a line for each exception. */
async function writeJsonLines(api: RemoteApi, first: Details, { output }: Terminal): Promise<void> {
  const { correspondent: _, not_correspondent: __, anomalies: ___, ...tache } = first.value;
  await sayJson(output, { classe: 'tache', ...tache });
  for await (const { classe, row } of allLines(api, first)) await sayJson(output, { classe, ...row });
}

async function writeReport(api: RemoteApi, first: Details, limit: number | undefined, { output }: Terminal): Promise<void> {
  await say(output, tacheReport(first.value, (await operatorNames(api))(first.value.operateur).name));
  const { premierVisa: visa } = first.value;
  if (visa !== undefined)
    await say(
      output,
      `\nPremier visa de ${visa.auteur}${visa.ids.length === 0 ? '' : `, sans les n° ${visa.ids.join(', ')}`} : une autre personne doit valider${visa.motif === '' ? '' : ` (${visa.motif})`}`,
    );
  let shown = 0;
  let title: string | undefined;
  for await (const { classe, text } of allLines(api, first)) {
    if (shown === limit) return say(output, '\n… et d’autres : --tout les montre toutes, --classe choisit');
    if (classe !== title) await say(output, `\n${CLASS_TITLES[classe] ?? classe}`);
    title = classe;
    await say(output, text);
    shown++;
  }
}

/** Page by page, as they are asked for: a million rows are never held at once. */
async function* allLines(api: RemoteApi, first: Details): AsyncGenerator<DetailLine, void, undefined> {
  for (let page: Details | undefined = first; page !== undefined; ) {
    yield* detailLines(page.value);
    page = page.next === undefined ? undefined : await api.read(page.next, detailsAnswer);
  }
}
