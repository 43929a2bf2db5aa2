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

/** Where things lie, for machines. */
const TECHNICAL: ReadonlySet<string> = new Set(['objet', 'version', 'edition']);

function isNested(value: z.infer<typeof journalEntry>['donnees'][string]): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The figures of an entry in a line; the bridge and the counts stand in `show`. */
function entryText({ numero, date, auteur, action, motif, donnees }: z.infer<typeof journalEntry>): string {
  const data = Object.entries(donnees).flatMap(([name, value]) =>
    TECHNICAL.has(name) || isNested(value) ? [] : [`${name} ${Array.isArray(value) ? value.join(' ') || '–' : value}`],
  );
  return [
    `${String(numero).padStart(3)}  ${momentText(date)}  ${auteur}  ${action}${motif === '' ? '' : ` : ${motif}`}`,
    ...(data.length === 0 ? [] : [`       ${data.join(', ')}`]),
  ].join('\n');
}
