import { UsageError } from '../command-line.ts';
import type { SavedSessions } from './saved-sessions.ts';

const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/u;

/**
 * Which API a command talks to: the one it names, that of RECONCILE_API, or the only one that somebody is signed in to.
 * @throws UsageError where none is named and none, or several, are known
 */
export async function chosenApi(named: string | undefined, environment: Readonly<Record<string, string | undefined>>, sessions: Pick<SavedSessions, 'apis'>): Promise<string> {
  const given = named ?? environment['RECONCILE_API'];
  if (given !== undefined && given !== '') return apiAddress(given);
  const [only, ...others] = await sessions.apis();
  if (only === undefined) throw new UsageError("Quelle API ? Donnez --api URL ou RECONCILE_API, ou connectez-vous d'abord : login --api URL.");
  if (others.length > 0) throw new UsageError(`Plusieurs API sont connues, dites laquelle avec --api : ${[only, ...others].join(', ')}.`);
  return only;
}

/** An address without final `/`. @throws UsageError where it is none, or where passwords would travel in the clear */
export function apiAddress(text: string): string {
  const url = URL.parse(text);
  if (url === null || (url.protocol !== 'https:' && url.protocol !== 'http:') || url.search !== '' || url.hash !== '' || url.username !== '') {
    throw new UsageError(`${text} n'est pas l'adresse d'une API, par exemple https://api.exemple.ci/production.`);
  }
  if (url.protocol === 'http:' && !LOOPBACK.test(url.hostname)) {
    throw new UsageError(`${text} : en http, un mot de passe ou un jeton voyagerait en clair. Employez https ; http ne vaut que pour cette machine.`);
  }
  return url.href.replace(/\/+$/u, '');
}
