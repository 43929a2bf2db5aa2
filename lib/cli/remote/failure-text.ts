import * as z from 'zod';
import { alreadyProcessed, badRows, unknownOperator, wrongAccount, wrongHeaders } from '../../http/schemas/problem.ts';
import type { RemoteAnswer } from './remote-call.ts';
import { EXIT } from './remote-command.ts';
import { RemoteError } from './remote-error.ts';

const SHOWN_ROWS = 20;

const problem = z.object({ detail: z.string(), errors: z.record(z.string(), z.array(z.string())).optional() });
const oauth = z.object({ error: z.string(), error_description: z.string() });
const byField = z.record(z.string(), z.array(z.string()).min(1));

/** An answer that is no success, as an error: the API's own French text where it has one. */
export function failureOf(api: string, { status, body }: RemoteAnswer): RemoteError {
  const told = textOf(body);
  const json = { ...(typeof body === 'object' && body !== null && body), error: status };
  if (status === 401) return new RemoteError(`${api} ne vous connaît pas, ou plus : reconnectez-vous avec « login --api ${api} ».`, EXIT.unreachable, json);
  if (status >= 500 || status === 429) return new RemoteError(told ?? `${api} répond ${status} : réessayez dans quelques instants.`, EXIT.unreachable, json);
  if (status >= 300 && status < 400) return new RemoteError(`${api} renvoie ailleurs : ce n'est pas l'adresse de l'API.`, EXIT.unreachable, json);
  return new RemoteError(told ?? `${api} refuse la demande (${status}).`, EXIT.refused, json);
}

/** An answer that succeeded, and yet is not what it should be. */
export function strangeAnswer(api: string): RemoteError {
  const detail = `${api} donne une réponse inattendue : est-ce bien l'adresse de l'API, et de la même version que cette commande ?`;
  return new RemoteError(detail, EXIT.unreachable, { error: 'reponse', detail });
}

function textOf(body: unknown): string | undefined {
  if (unknownOperator.safeParse(body).success) return 'Aucun opérateur ne porte ce code, ou il est fermé. « operateurs » les montre tous.';
  if (wrongHeaders.safeParse(body).success) return 'Fichier refusé : ses en-têtes ne sont pas ceux de cet opérateur. « profile --file F --operateur X » dit lesquels manquent.';
  if (wrongAccount.safeParse(body).success) return "Fichier refusé : aucune ligne ne porte le compte de l'opérateur ; ce relevé est sans doute celui d'un autre compte.";
  const known = alreadyProcessed.safeParse(body);
  if (known.success) return `Ce fichier, ou un fichier de ce nom, a déjà été déposé pour cet opérateur par ${known.data.person}.`;
  const bad = badRows.safeParse(body);
  if (bad.success) return badRowsText(bad.data['problem to line ']);
  const told = problem.safeParse(body);
  if (told.success) return [told.data.detail, ...fieldLines(told.data.errors ?? {}).filter((line) => !line.endsWith(` : ${told.data.detail}`))].join('\n');
  const refused = oauth.safeParse(body);
  if (refused.success) return refused.data.error_description;
  const fields = byField.safeParse(body);
  return fields.success ? fieldLines(fields.data).join('\n') : undefined;
}

function badRowsText(rows: readonly number[]): string {
  if (rows.length === 0) return 'Fichier refusé : il ne contient aucune ligne.';
  const shown = rows.slice(0, SHOWN_ROWS).join(', ');
  const more = rows.length > SHOWN_ROWS ? ` et ${rows.length - SHOWN_ROWS} autres (--json les donne toutes)` : '';
  return `Fichier refusé : ${rows.length} ligne(s) à corriger, numérotées à partir de 0 : ${shown}${more}. « profile --file F --operateur X » dit pourquoi.`;
}

function fieldLines(errors: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(errors).map(([field, texts]) => `  ${field} : ${texts.join(' ')}`);
}
