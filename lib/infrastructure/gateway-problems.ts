import { ResponseType, type RestApi } from 'aws-cdk-lib/aws-apigateway';

interface GatewayProblem {
  readonly type: ResponseType;
  /** Absent for the defaults: they keep the status that each of their cases has. */
  readonly status?: number;
  readonly title: string;
  readonly detail: string;
  readonly headers?: Readonly<Record<string, string>>;
}

const UNKNOWN_ROUTE = { status: 404, title: 'Introuvable', detail: "Cette adresse n'existe pas, ou pas avec cette méthode." } as const;
const OUR_FAULT = { status: 500, title: 'Erreur interne', detail: 'Une erreur inattendue est survenue. Réessayez dans un instant.' } as const;
const TOO_MANY = {
  status: 429,
  title: 'Trop de requêtes',
  detail: 'Trop de requêtes en peu de temps. Réessayez dans quelques secondes.',
  headers: { 'Retry-After': '5' },
} as const;
const TOO_SLOW = { status: 504, title: 'Délai dépassé', detail: "Le service n'a pas répondu à temps. Vérifiez si la demande a été enregistrée avant de la répéter." } as const;
const INVALID = { status: 400, title: 'Requête invalide', detail: 'La requête est mal formée.' } as const;

/** What API Gateway answers by itself, when no function is asked. */
const GATEWAY_PROBLEMS: readonly GatewayProblem[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    status: 401,
    title: 'Authentification requise',
    detail: "Un jeton d'accès valide est attendu : Authorization: Bearer <jeton>.",
    headers: { 'WWW-Authenticate': 'Bearer' },
  },
  { type: ResponseType.ACCESS_DENIED, status: 403, title: 'Accès refusé', detail: "Vous n'avez pas le droit de faire cette demande." },
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, ...UNKNOWN_ROUTE },
  // No route of ours is signed: API Gateway only looks for a signature where it knows no route.
  { type: ResponseType.INVALID_SIGNATURE, ...UNKNOWN_ROUTE },
  { type: ResponseType.RESOURCE_NOT_FOUND, ...UNKNOWN_ROUTE },
  { type: ResponseType.BAD_REQUEST_BODY, ...INVALID },
  { type: ResponseType.BAD_REQUEST_PARAMETERS, ...INVALID },
  {
    type: ResponseType.REQUEST_TOO_LARGE,
    status: 413,
    title: 'Requête trop volumineuse',
    detail: 'Le fichier est trop volumineux pour cette adresse. Déposez-le dans le dossier S3 depot/operateurs/<CODE>/ (ou depot/cinetpay/ pour le grand livre).',
  },
  { type: ResponseType.UNSUPPORTED_MEDIA_TYPE, status: 415, title: 'Format non pris en charge', detail: "Le type de contenu de la requête n'est pas pris en charge." },
  { type: ResponseType.THROTTLED, ...TOO_MANY },
  { type: ResponseType.QUOTA_EXCEEDED, ...TOO_MANY },
  { type: ResponseType.INTEGRATION_TIMEOUT, ...TOO_SLOW },
  { type: ResponseType.INTEGRATION_FAILURE, ...TOO_SLOW },
  { type: ResponseType.AUTHORIZER_FAILURE, ...OUR_FAULT },
  { type: ResponseType.AUTHORIZER_CONFIGURATION_ERROR, ...OUR_FAULT },
  { type: ResponseType.API_CONFIGURATION_ERROR, ...OUR_FAULT },
  {
    type: ResponseType.DEFAULT_4XX,
    title: 'Requête refusée',
    detail: "La requête n'a pas été acceptée. Vérifiez l'adresse, la méthode et l'en-tête Authorization.",
  },
  { type: ResponseType.DEFAULT_5XX, title: OUR_FAULT.title, detail: OUR_FAULT.detail },
];

/** Has API Gateway's own refusals speak as the functions do: RFC 9457, in French. */
export function answerProblems(api: RestApi): void {
  for (const { type, status, title, detail, headers = {} } of GATEWAY_PROBLEMS) {
    api.addGatewayResponse(type.responseType, {
      type,
      ...(status === undefined ? {} : { statusCode: String(status) }),
      responseHeaders: literals({ 'Content-Type': 'application/problem+json; charset=utf-8', ...headers }),
      // The key only chooses the template; the header above says what goes out.
      templates: { 'application/json': JSON.stringify({ type: 'about:blank', title, ...(status === undefined ? {} : { status }), detail }) },
    });
  }
}

/** API Gateway takes a value between quotes as it stands, and any other one as an expression. */
function literals(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, `'${value}'`]));
}
