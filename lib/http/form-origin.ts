import { Failure } from '../use-cases/failure.ts';
import type { HttpRequest } from './request.ts';

/** A page elsewhere can have a browser post these; JSON it cannot, without asking first, and we say yes to nobody. */
const SENT_BY_FORMS = new Set(['application/x-www-form-urlencoded', 'multipart/form-data', 'text/plain', '']);

/**
 * Refuses a form that a page of somebody else had a browser send. Programs that are no browser say neither where they come from nor who sent them.
 * @throws Failure 403
 */
export function refuseForeignForm({ mediaType, headers, url }: Pick<HttpRequest, 'mediaType' | 'headers' | 'url'>): void {
  if (!SENT_BY_FORMS.has(mediaType)) return;
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  const own = site === undefined ? origin === undefined || origin === new URL(url).origin : site === 'same-origin' || site === 'none';
  if (!own) throw new Failure({ code: 'forbidden', detail: "Ce formulaire vient d'un autre site : ouvrez-le à l'adresse de l'API." });
}
