import type * as z from 'zod';
import { manualWorkAnswer, type manualWorkBody } from '../../http/schemas/manual-work.ts';
import { UsageError } from '../command-line.ts';
import { detailLines } from './detail-lines.ts';
import { failureOf } from './failure-text.ts';
import { EVERYWHERE, onlyWord, readWords, tacheNumber } from './options.ts';
import { checkedAnswer, remoteApi } from './remote-api.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { say, sayJson } from './terminal.ts';

const OPTIONS = {
  ...EVERYWHERE,
  lier: { type: 'string' },
  delier: { type: 'boolean' },
  ecarter: { type: 'boolean' },
  reprendre: { type: 'boolean' },
  commenter: { type: 'boolean' },
  motif: { type: 'string' },
} as const;

const MERE = ['delier', 'ecarter', 'reprendre', 'commenter'] as const satisfies readonly z.input<typeof manualWorkBody>['action'][];

/** Works by hand on a row that nothing explains. */
export const workOnRowCommand: RemoteCommand = {
  usage: `  ecart NUMERO LIGNE (--lier TRANSACTION | --delier | --ecarter | --reprendre | --commenter) --motif TEXTE
      Travaille sur une ligne sans correspondant, par son n° de « show » : la lie à une transaction du grand livre, la met de côté, ou
      la commente ; --delier et --reprendre le défont. Le journal garde tout.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, OPTIONS);
    const [tache, ...others] = positionals;
    const id = tacheNumber(tache === undefined ? [] : [tache]);
    const row = onlyWord('le n° de la ligne', others);
    if (!/^\d{1,15}$/u.test(row)) throw new UsageError(`${row} n'est pas un n° de ligne.`);
    const body = { ...wishOf(values), motif: values.motif ?? '' };
    const api = await remoteApi(values.api, terminal);
    const answer = await api.ask(`/taches/${id}/ecarts/${row}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
    if (answer.status !== 200) throw failureOf(api.address, answer);
    const worked = checkedAnswer(api.address, manualWorkAnswer, answer);
    if (values.json) await sayJson(terminal.output, answer.body);
    else for (const { text } of detailLines({ correspondent: [], not_correspondent: [worked], anomalies: [] })) await say(terminal.output, text);
    return EXIT.done;
  },
};

function wishOf(values: { readonly lier?: string } & { readonly [action in (typeof MERE)[number]]?: boolean }): { readonly action: string; readonly cpm_trans_id?: string } {
  const wishes = [
    ...(values.lier === undefined ? [] : [{ action: 'lier', cpm_trans_id: values.lier }]),
    ...MERE.filter((action) => values[action] === true).map((action) => ({ action })),
  ];
  const [wish, ...others] = wishes;
  if (wish === undefined || others.length > 0) throw new UsageError("L'un de --lier, --delier, --ecarter, --reprendre et --commenter est attendu.");
  return wish;
}
