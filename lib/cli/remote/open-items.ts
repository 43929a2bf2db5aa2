import * as z from 'zod';
import { balanceAnswer, type openItem, openItemsAnswer } from '../../http/schemas/open-items.ts';
import { EVERYWHERE, noWord, readWords, rowCount } from './options.ts';
import { type Read, type RemoteApi, remoteApi } from './remote-api.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { moneyOf } from './tache-report.ts';
import { say, sayJson, type Terminal } from './terminal.ts';

const OPTIONS = {
  ...EVERYWHERE,
  operateur: { type: 'string' },
  tache: { type: 'string' },
  type: { type: 'string' },
  etat: { type: 'string' },
  age: { type: 'string' },
  limite: { type: 'string' },
  tout: { type: 'boolean' },
  balance: { type: 'boolean' },
} as const;

const SHOWN = 20;
/** The most that one answer holds. */
const PAGE = 1_000;
const FILTERS = ['operateur', 'tache', 'type', 'etat', 'age'] as const;

type Item = z.infer<typeof openItem>;

/** Lists what reconciliations have left open, of all taches, the oldest first. */
export const openItemsCommand: RemoteCommand = {
  usage: `  ecarts [--operateur CODE] [--tache N] [--type TYPE] [--etat nouveau,persistant] [--age TRANCHE] [--limite N | --tout] [--balance]
      Ce qui reste ouvert, toutes tâches réunies, les plus anciens d'abord : ${SHOWN}, ou --limite N, ou --tout. Types : not_correspondent,
      absent_operateur. Tranches de jours : 0-1, 2-7, 8-30, plus-de-30. --balance donne les totaux par opérateur et par tranche.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, OPTIONS);
    noWord(positionals);
    const { json = false, tout = false } = values;
    const limit = tout ? undefined : rowCount('--limite', values.limite, SHOWN);
    const query = new URLSearchParams(values.balance === true ? {} : { limit: String(Math.min(limit ?? PAGE, PAGE)) });
    for (const name of FILTERS) {
      const value = values[name];
      if (value !== undefined) query.set(name, value);
    }
    const api = await remoteApi(values.api, terminal);
    await (values.balance === true ? showBalance(api, query, json, terminal) : showItems(listed(api, query, limit), json, tout, terminal));
    return EXIT.done;
  },
};

async function showItems(items: AsyncIterable<Listed>, json: boolean, tout: boolean, { output }: Terminal): Promise<void> {
  const bodies: unknown[] = [];
  let shown = 0;
  for await (const { item, body } of items) {
    shown++;
    if (json && tout) await sayJson(output, body);
    else if (json) bodies.push(body);
    else await say(output, itemText(item));
  }
  if (json && !tout) await sayJson(output, bodies);
  else if (!json && shown === 0) await say(output, 'Aucun écart.');
}

interface Listed {
  readonly item: Item;
  /** As it came. */
  readonly body: unknown;
}

/** Page by page, to the limit. A page may be empty and yet have a next one. */
async function* listed(api: RemoteApi, query: URLSearchParams, limit: number | undefined): AsyncGenerator<Listed, void, undefined> {
  let given = 0;
  for (let path: string | undefined = `/ecarts/?${query}`; path !== undefined; ) {
    const page: Read<z.infer<typeof openItemsAnswer>> = await api.read(path, openItemsAnswer);
    const bodies = z.array(z.unknown()).parse(page.body);
    for (const [index, item] of page.value.entries()) {
      if (given === limit) return;
      given++;
      yield { item, body: bodies[index] };
    }
    path = page.next;
  }
}

function itemText(item: Item): string {
  const what =
    item.type === 'not_correspondent'
      ? `tâche ${item.tache} n° ${item.ligne}  ${item.payid}  ${item.phone_num}  ${item.amount} ${item.devise}  sans correspondant`
      : `tâche ${item.tache}  ${item.cpm_trans_id}  ${item.cpm_payid}  ${item.cpm_amount} ${item.devise}  absent de l'opérateur`;
  const since = item.resolution?.motif ?? item.proposition?.motif;
  return [`${item.jour}  ${String(item.age).padStart(4)} j  ${item.etat.padEnd(10)}  ${item.operateur}  ${what}`, ...(since === undefined ? [] : [`      ${since}`])].join('\n');
}

async function showBalance(api: RemoteApi, query: URLSearchParams, json: boolean, { output }: Terminal): Promise<void> {
  const { value, body } = await api.read(`/ecarts/balance/?${query}`, balanceAnswer);
  if (json) return sayJson(output, body);
  if (value.length === 0) return say(output, 'Aucun écart.');
  for (const { operateur, nom, devise, ouverts, tranches, resolus, depuis } of value) {
    const line = (label: string, { nombre, montant }: { readonly nombre: number; readonly montant: number }) =>
      `  ${label.padEnd(20)}${String(nombre).padStart(8)}${moneyOf(devise)(montant).padStart(20)} ${devise}`;
    await say(
      output,
      [
        `${nom} (${operateur})${depuis === null ? '' : `, ouvert depuis le ${depuis}`}`,
        line('Ouverts', ouverts),
        ...tranches.filter(({ nombre }) => nombre > 0).map((bucket) => line(`  ${bucket.tranche} jours`, bucket)),
        line('Résolus', resolus),
      ].join('\n'),
    );
  }
}
