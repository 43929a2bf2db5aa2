import type * as z from 'zod';
import { journalAnswer, type journalEntry } from '../../http/schemas/journal.ts';
import { EVERYWHERE, readWords, tacheNumber } from './options.ts';
import { remoteApi } from './remote-api.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { momentText } from './tache-report.ts';
import { say, sayJson } from './terminal.ts';

/** Shows who did what with a tache, when and why. */
export const journalCommand: RemoteCommand = {
  usage: `  journal NUMERO
      Qui a fait quoi, quand et pourquoi. --json écrit une écriture par ligne ; verify-journal prouve que rien n'y a été changé.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, EVERYWHERE);
    const id = tacheNumber(positionals);
    const api = await remoteApi(values.api, terminal);
    for (let path: string | undefined = `/taches/${id}/journal`; path !== undefined; ) {
      const page: { readonly value: z.infer<typeof journalAnswer>; readonly next: string | undefined } = await api.read(path, journalAnswer);
      for (const entry of page.value) await (values.json ? sayJson(terminal.output, entry) : say(terminal.output, entryText(entry)));
      path = page.next;
    }
    return EXIT.done;
  },
};

function entryText({ numero, date, auteur, action, motif, donnees }: z.infer<typeof journalEntry>): string {
  const data = Object.entries(donnees).map(([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`);
  return [
    `${String(numero).padStart(3)}  ${momentText(date)}  ${auteur}  ${action}${motif === '' ? '' : ` : ${motif}`}`,
    ...(data.length === 0 ? [] : [`       ${data.join(', ')}`]),
  ].join('\n');
}
