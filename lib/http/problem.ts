import type { FailureCode, FailureReason, FieldErrors } from '../use-cases/failure.ts';
import { wireRefusal } from './outcome.ts';

/** What goes back to a caller, before it is written as an API Gateway answer. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Written as JSON. */
  readonly body?: unknown;
  /** What is not JSON goes out as it stands. */
  readonly text?: string;
}

/** The status of every failure: a new code without one does not compile. */
const STATUSES = {
  'invalid-request': 400,
  'refused-fields': 400,
  'invalid-grant': 400,
  'token-refused': 400,
  'invalid-client': 401,
  unauthenticated: 401,
  forbidden: 403,
  'not-found': 404,
  'unknown-operator': 404,
  conflict: 409,
  'already-processed': 406,
  'statement-refused': 406,
  'too-large': 413,
  'file-unreadable': 422,
} as const satisfies Record<FailureCode, number>;

const TITLES = {
  400: 'Requête invalide',
  401: 'Authentification requise',
  403: 'Accès refusé',
  404: 'Introuvable',
  406: 'Fichier refusé',
  409: 'Conflit',
  413: 'Requête trop volumineuse',
  422: 'Fichier illisible',
  500: 'Erreur interne',
} as const;

const JSON_TYPE = { 'content-type': 'application/json; charset=utf-8' };
const PROBLEM_TYPE = { 'content-type': 'application/problem+json; charset=utf-8' };

/** The seed's body where the seed gives one, otherwise RFC 9457. */
export function failureAnswer(reason: FailureReason): HttpAnswer {
  const status = STATUSES[reason.code];
  switch (reason.code) {
    case 'unknown-operator':
      return { status, headers: JSON_TYPE, body: { operator: "doesn't exist" } };
    case 'already-processed':
      return { status, headers: JSON_TYPE, body: { existance: 'exist', person: reason.owner } };
    case 'statement-refused':
      return { status, headers: JSON_TYPE, body: wireRefusal(reason.refusal) };
    case 'refused-fields':
      return { status, headers: JSON_TYPE, body: reason.errors };
    case 'invalid-grant':
      return { status, headers: JSON_TYPE, body: { error: 'invalid_grant', error_description: reason.detail } };
    case 'token-refused':
      return { status, headers: JSON_TYPE, body: { error: reason.error, error_description: reason.detail } };
    case 'invalid-client':
      return { status, headers: { ...JSON_TYPE, 'www-authenticate': 'Basic realm="applications"' }, body: { error: 'invalid_client', error_description: reason.detail } };
    case 'unauthenticated':
      return problem(status, "Un jeton d'accès valide est attendu : Authorization: Bearer <jeton>.", { 'www-authenticate': 'Bearer' });
    case 'file-unreadable':
      return problem(status, reason.detail, {}, { fichier: [reason.detail] });
    case 'invalid-request':
      return problem(status, reason.detail, {}, reason.errors ?? {});
    case 'forbidden':
    case 'not-found':
    case 'conflict':
    case 'too-large':
      return problem(status, reason.detail);
    default:
      return reason satisfies never;
  }
}

/** Our own fault: the caller is told nothing but the number under which it is logged. */
export function defectAnswer(requestId: string): HttpAnswer {
  return problem(500, `Une erreur inattendue est survenue. Réessayez, puis signalez-la avec ce numéro : ${requestId}.`);
}

function problem(status: keyof typeof TITLES, detail: string, headers: Readonly<Record<string, string>> = {}, errors?: FieldErrors): HttpAnswer {
  return { status, headers: { ...PROBLEM_TYPE, ...headers }, body: { type: 'about:blank', title: TITLES[status], status, detail, ...(errors && { errors }) } };
}

export function jsonAnswer(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpAnswer {
  return { status, headers: { ...JSON_TYPE, ...headers }, body };
}
