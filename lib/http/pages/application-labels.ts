import type { Algorithm, ClientType, GrantType } from '../../core/application.ts';

/** The words of the old system's form. */
export const CLIENT_TYPE_LABELS = { confidential: 'Confidential', public: 'Public' } as const satisfies Record<ClientType, string>;

export const GRANT_TYPE_LABELS = {
  'authorization-code': 'Authorization code',
  implicit: 'Implicit',
  password: 'Resource owner password-based',
  'client-credentials': 'Client credentials',
  'openid-hybrid': 'OpenID connect hybrid',
} as const satisfies Record<GrantType, string>;

export const ALGORITHM_LABELS = { '': 'No OIDC support', RS256: 'RSA with SHA-2 256', HS256: 'HMAC with SHA-2 256' } as const satisfies Record<Algorithm, string>;
