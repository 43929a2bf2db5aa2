import { LINK_SECONDS, type RequestedExport } from '../use-cases/request-export.ts';
import { wantsHtml } from './negotiation.ts';
import { html } from './pages/html.ts';
import { pageAnswer } from './pages/page.ts';
import { type HttpAnswer, jsonAnswer } from './problem.ts';
import type { HttpRequest } from './request.ts';
import { exportAnswer, exportPending } from './schemas/export.ts';

const RETRY_SECONDS = 5;
const PREPARING = "L'export se prépare : redemandez-le dans quelques secondes.";

/** Programs get the link as JSON; browsers, and whoever asks for it, are led straight to the file. */
export function answerExport(request: Pick<HttpRequest, 'accept'>, found: RequestedExport, redirect: boolean): HttpAnswer {
  const leads = redirect || wantsHtml(request);
  switch (found.kind) {
    case 'ready':
      return leads
        ? { status: 303, headers: { location: found.url, vary: 'Accept' }, text: '' }
        : jsonAnswer(200, exportAnswer.parse({ url: found.url, expires_in: LINK_SECONDS, fileName: found.fileName }), { vary: 'Accept' });
    case 'in-the-making': {
      const headers = { 'retry-after': String(RETRY_SECONDS), vary: 'Accept' };
      if (!wantsHtml(request)) return jsonAnswer(202, exportPending.parse({ detail: PREPARING, retry_after: RETRY_SECONDS }), headers);
      const page = pageAnswer(202, 'Export en préparation', html`<p>Cette page se recharge d'elle-même ; le fichier suivra.</p>`);
      return { ...page, headers: { ...page.headers, ...headers, refresh: String(RETRY_SECONDS) } };
    }
    default:
      return found satisfies never;
  }
}
