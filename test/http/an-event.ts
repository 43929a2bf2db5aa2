/** An API Gateway event (REST API) with what a test wants different. */
export interface EventChanges {
  readonly contentType?: string;
  /** Bytes arrive in base64, as the gateway hands them over. */
  readonly body?: string | Uint8Array | null;
  readonly id?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly caller?: { readonly username: string; readonly groups: string };
}

export function anEvent({ contentType = 'application/json', body = null, id, query, caller }: EventChanges = {}): object {
  const isBytes = body instanceof Uint8Array;
  return {
    path: '/taches/',
    headers: { Host: 'api.example', 'Content-Type': contentType, 'X-Forwarded-Proto': 'https' },
    pathParameters: id === undefined ? null : { id },
    queryStringParameters: query ?? null,
    body: isBytes ? Buffer.from(body).toString('base64') : body,
    isBase64Encoded: isBytes,
    requestContext: { path: '/v1/taches/', ...(caller && { authorizer: caller }) },
  };
}
