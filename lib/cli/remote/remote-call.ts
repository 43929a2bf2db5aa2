import { parsedJson } from '../parsed-json.ts';
import { EXIT } from './remote-command.ts';
import { RemoteError } from './remote-error.ts';

/** An answer whose body, where it is JSON, is read. */
export interface RemoteAnswer {
  readonly status: number;
  readonly headers: Headers;
  /** `undefined` where there is none, or it is not JSON. */
  readonly body: unknown;
}

export interface RemoteRequest {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | FormData;
}

/** The gateway itself gives up after 29 s. */
const PATIENCE_MS = 60_000;

/**
 * One request, one answer, whatever its status.
 * @throws RemoteError where nobody answers, or the person at the terminal has had enough
 */
export async function remoteCall(address: string, { method, headers, body }: RemoteRequest, interrupted: AbortSignal): Promise<RemoteAnswer> {
  try {
    const response = await fetch(address, {
      method,
      headers: { accept: 'application/json', ...headers },
      ...(body !== undefined && { body }),
      // An address that sends elsewhere is not the API's: passwords and tokens do not follow.
      redirect: 'manual',
      signal: AbortSignal.any([interrupted, AbortSignal.timeout(PATIENCE_MS)]),
    });
    return { status: response.status, headers: response.headers, body: parsedJson(await response.text()) };
  } catch (error) {
    if (interrupted.aborted) throw interruption('Interrompu.');
    throw unreachable(address, error);
  }
}

export function interruption(message: string): RemoteError {
  return new RemoteError(message, EXIT.interrupted, { error: 'interruption', detail: message });
}

const WHY: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'rien ne répond à cette adresse',
  ENOTFOUND: 'ce nom est inconnu du réseau',
  EAI_AGAIN: 'le réseau ne sait pas où c’est',
  ECONNRESET: 'la liaison a été coupée',
  UND_ERR_SOCKET: 'la liaison a été coupée',
  ETIMEDOUT: 'pas de réponse à temps',
  TimeoutError: 'pas de réponse à temps',
  CERT_HAS_EXPIRED: 'son certificat a expiré',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'son certificat n’est pas reconnu',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'son certificat n’est pas reconnu',
};

export function unreachable(address: string, error: unknown): RemoteError {
  const { origin } = new URL(address);
  const why = codesOf(error).map((code) => WHY[code] ?? code);
  const detail = `${origin} ne répond pas${why[0] === undefined ? '' : ` : ${why[0]}`}. Vérifiez l'adresse et votre connexion, puis recommencez.`;
  return new RemoteError(detail, EXIT.unreachable, { error: 'reseau', adresse: origin, detail });
}

/** The code lies on the error, or on what caused it. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : error.name === 'TimeoutError' ? [error.name] : [];
  const within = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...own, ...within, ...codesOf(error.cause)];
}
