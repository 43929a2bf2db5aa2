import { ALGORITHMS, CLIENT_TYPES, GRANT_TYPES } from '../../core/application.ts';
import { Failure, type FailureReason, type FieldErrors } from '../../use-cases/failure.ts';
import type { NewApplication } from '../../use-cases/register-application.ts';
import { failureAnswer, type HttpAnswer } from '../problem.ts';
import type { HttpRequest } from '../request.ts';
import { ALGORITHM_LABELS, CLIENT_TYPE_LABELS, GRANT_TYPE_LABELS } from './application-labels.ts';
import { applicationPaths } from './application-paths.ts';
import { type Html, html } from './html.ts';
import { pageAnswer } from './page.ts';
import { registeredPage } from './registered-page.ts';

/** A form as it was sent, and what was wrong with it. */
interface SentForm {
  readonly status: number;
  /** Of the whole form. */
  readonly problem: string;
  readonly errors: FieldErrors;
  readonly values: Readonly<Record<string, string>>;
}

const CHOSEN_AT_FIRST = { client_type: 'confidential', authorization_grant_type: 'client-credentials', algorithm: '' };

/** The seed's form, empty or with what is to be corrected. It is sent as it stands: no script. */
export function registrationPage(request: HttpRequest, sent?: SentForm): HttpAnswer {
  const { list, register } = applicationPaths(request);
  const values: Readonly<Record<string, string>> = { ...CHOSEN_AT_FIRST, ...sent?.values };
  const field = (name: string, label: string, control: Html, hint?: string) => html`
<label for="${name}">${label}</label>
${control}
${hint === undefined ? undefined : html`<p class="hint">${hint}</p>`}
${(sent?.errors[name] ?? []).map((text) => html`<p class="error">${text}</p>`)}`;
  const choice = <Value extends string>(name: string, options: readonly Value[], labels: Readonly<Record<Value, string>>) => html`<select id="${name}" name="${name}">
${options.map((option) => html`<option value="${option}"${values[name] === option ? html` selected` : undefined}>${labels[option]}</option>\n`)}</select>`;

  const content = html`
${sent && html`<p class="error" role="alert">${sent.problem}</p>`}
<form method="post" action="${register}">
${field('name', 'Name', html`<input id="name" name="name" required maxlength="255" autocomplete="off" value="${values['name']}">`)}
${field('client_id', 'Client id', html`<input id="client_id" disabled placeholder="Attribué à l'enregistrement">`)}
${field('client_secret', 'Client secret', html`<input id="client_secret" disabled placeholder="Montré une seule fois, après l'enregistrement">`)}
${field('client_type', 'Client type', choice('client_type', CLIENT_TYPES, CLIENT_TYPE_LABELS))}
${field('authorization_grant_type', 'Authorization grant type', choice('authorization_grant_type', GRANT_TYPES, GRANT_TYPE_LABELS))}
${field('redirect_uris', 'Redirect uris', html`<textarea id="redirect_uris" name="redirect_uris" rows="3">\n${values['redirect_uris']}</textarea>`, 'Adresses absolues, séparées par une espace.')}
${field('algorithm', 'Algorithm', choice('algorithm', ALGORITHMS, ALGORITHM_LABELS))}
<p class="actions"><a href="${list}">Go Back</a> <button type="submit">Save</button></p>
</form>`;
  return pageAnswer(sent?.status ?? 200, 'Register a new application', content);
}

/** The page after the form: the application with its secret, or the form with what is to be corrected. A failure that is nobody's mistake goes on. */
export async function submittedPage(request: HttpRequest, register: () => Promise<NewApplication>): Promise<HttpAnswer> {
  try {
    return registeredPage(request, await register());
  } catch (error) {
    const sent = error instanceof Failure ? sentForm(request, error.reason) : undefined;
    if (sent === undefined) throw error;
    return registrationPage(request, sent);
  }
}

function sentForm(request: HttpRequest, reason: FailureReason): SentForm | undefined {
  const { status } = failureAnswer(reason);
  switch (reason.code) {
    case 'invalid-request':
      return { status, problem: reason.detail, errors: reason.errors ?? {}, values: sentValues(request) };
    case 'conflict':
      return { status, problem: reason.detail, errors: {}, values: sentValues(request) };
    case 'forbidden':
    case 'too-large':
      // What a page of somebody else filled in is not shown as if the reader had.
      return { status, problem: reason.detail, errors: {}, values: {} };
    default:
      return undefined;
  }
}

function sentValues({ mediaType, body }: HttpRequest): Readonly<Record<string, string>> {
  return mediaType === 'application/x-www-form-urlencoded' ? Object.fromEntries(new URLSearchParams(body.toString('utf8'))) : {};
}
