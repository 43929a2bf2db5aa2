import * as z from 'zod';
import { journalAnswer, type journalEntry } from '../../http/schemas/journal.ts';
import { EVERYWHERE, readWords, tacheNumber } from './options.ts';
import { type Read, remoteApi } from './remote-api.ts';
import { EXIT, type RemoteCommand } from './remote-command.ts';
import { momentText } from './tache-report.ts';
import { say, sayJson } from './terminal.ts';

/** Shows who did what with a tache, when and why. */
export const journalCommand: RemoteCommand = {
  usage: `  journal NUMERO
      Qui a fait quoi, quand et pourquoi. Ce que --json écrit, verify-journal --file le prouve.`,

  async run(words, terminal) {
    const { values, positionals } = readWords(words, EVERYWHERE);
    const id = tacheNumber(positionals);
    const api = await remoteApi(values.api, terminal);
    const entries: unknown[] = [];
    for (let path: string | undefined = `/taches/${id}/journal`; path !== undefined; ) {
      const page: Read<z.infer<typeof journalAnswer>> = await api.read(path, journalAnswer);
      entries.push(...z.array(z.unknown()).parse(page.body));
      if (!values.json) for (const entry of page.value) await say(terminal.output, entryText(entry));
      path = page.next;
    }
    if (values.json) await sayJson(terminal.output, entries);
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
