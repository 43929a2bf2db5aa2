import type { Application } from '../../core/application.ts';
import type { HttpAnswer } from '../problem.ts';
import type { HttpRequest } from '../request.ts';
import { CLIENT_TYPE_LABELS, GRANT_TYPE_LABELS } from './application-labels.ts';
import { applicationPaths } from './application-paths.ts';
import { html } from './html.ts';
import { pageAnswer } from './page.ts';

/** The seed's page of applications. @param next cursor of the page after it */
export function applicationsPage(request: HttpRequest, applications: readonly Application[], next: string | undefined): HttpAnswer {
  const { register } = applicationPaths(request);
  const entries = applications.map(
    ({ name, clientId, clientType, grantType }) =>
      html`<li>${name} <span class="hint">${clientId} · ${CLIENT_TYPE_LABELS[clientType]} · ${GRANT_TYPE_LABELS[grantType]}</span></li>\n`,
  );
  const more = next === undefined ? undefined : html`<p><a href="?${new URLSearchParams({ ...request.query, cursor: next }).toString()}" rel="next">Suite</a></p>`;
  const list = entries.length === 0 ? html`<p>Aucune application n'est enregistrée.</p>` : html`<ul>\n${entries}</ul>`;
  return pageAnswer(200, 'Your applications', html`${list}${more}\n<p><a href="${register}">New Application</a></p>`);
}
