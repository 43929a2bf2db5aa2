import type { NewApplication } from '../../use-cases/register-application.ts';
import type { HttpAnswer } from '../problem.ts';
import type { HttpRequest } from '../request.ts';
import { ALGORITHM_LABELS, CLIENT_TYPE_LABELS, GRANT_TYPE_LABELS } from './application-labels.ts';
import { applicationPaths } from './application-paths.ts';
import { html } from './html.ts';
import { pageAnswer } from './page.ts';

/** Shows a new application with its secret: this page cannot be asked for again. */
export function registeredPage(request: HttpRequest, { application, secret }: NewApplication): HttpAnswer {
  const { name, clientId, clientType, grantType, redirectUris, algorithm } = application;
  const content = html`
<p role="status">${secret === undefined ? "L'application est enregistrée. Publique, elle n'a pas de secret." : "L'application est enregistrée. Notez son secret : il ne sera plus jamais montré."}</p>
<dl>
<dt>Name</dt><dd>${name}</dd>
<dt>Client id</dt><dd><code id="client_id">${clientId}</code></dd>
<dt>Client secret</dt><dd><code id="client_secret">${secret}</code></dd>
<dt>Client type</dt><dd>${CLIENT_TYPE_LABELS[clientType]}</dd>
<dt>Authorization grant type</dt><dd>${GRANT_TYPE_LABELS[grantType]}</dd>
<dt>Redirect uris</dt><dd>${redirectUris.join(' ')}</dd>
<dt>Algorithm</dt><dd>${ALGORITHM_LABELS[algorithm]}</dd>
</dl>
<p class="actions"><a href="${applicationPaths(request).list}">Go Back</a></p>`;
  return pageAnswer(201, 'Application registered', content);
}
