import type { RemoteCommand } from './remote-command.ts';

/** Each is loaded when it is called: `match` does not wait for what talks to an API. */
const REMOTE_COMMANDS: ReadonlyMap<string, () => Promise<RemoteCommand>> = new Map([
  ['login', async () => (await import('./login.ts')).loginCommand],
  ['logout', async () => (await import('./logout.ts')).logoutCommand],
  ['submit', async () => (await import('./submit.ts')).submitCommand],
  ['taches', async () => (await import('./taches.ts')).tachesCommand],
  ['show', async () => (await import('./show.ts')).showCommand],
  ['ecart', async () => (await import('./work-on-row.ts')).workOnRowCommand],
  ['ecarts', async () => (await import('./open-items.ts')).openItemsCommand],
  ['validate', async () => (await import('./validate.ts')).validateCommand],
  ['export', async () => (await import('./export.ts')).exportCommand],
  ['journal', async () => (await import('./journal.ts')).journalCommand],
  ['operateurs', async () => (await import('./operators.ts')).operatorsCommand],
]);

/** What runs a command of that name against a deployed API; `undefined` where there is none. */
export function remoteCommand(name: string | undefined): ((words: readonly string[]) => Promise<number>) | undefined {
  const load = name === undefined ? undefined : REMOTE_COMMANDS.get(name);
  return (
    load &&
    (async (words) => {
      const { runHere } = await import('./run-remote.ts');
      return runHere(await load(), words);
    })
  );
}

/** The usage of them all, for `--help`. */
export async function remoteUsage(): Promise<string> {
  const commands = await Promise.all(Array.from(REMOTE_COMMANDS.values(), (load) => load()));
  return [
    'Avec une API déployée (--api URL ou RECONCILE_API ; sans eux, la seule où vous êtes connecté) :',
    ...commands.map(({ usage }) => usage),
    '',
    '  Environnement : RECONCILE_API, RECONCILE_UTILISATEUR, RECONCILE_MOT_DE_PASSE, RECONCILE_SECRET ; RECONCILIATION_TOKEN, un jeton à la place de login.',
    '  --json écrit du JSON seul, les erreurs aussi ({"error": …}). Code de sortie : 0 fait, 1 refusé ou en échec, 2 appel incorrect,',
    '  3 API injoignable ou connexion à refaire, 4 écart restant (--strict), 130 interrompu.',
  ].join('\n');
}
