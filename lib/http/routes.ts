/**
 * Who may call: everybody; everybody where the stage says `openReads`, or `openRegistration`, and otherwise holders of a valid access token, who in the
 * case of registration must be administrators; or holders of a valid access token.
 */
export type Access = 'open' | 'open-reads' | 'open-registration' | 'bearer';

/** One route of the API. The stack, the local gateway, the specification and the contract tests all read this array. */
export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Without the final `/`: API Gateway answers both spellings. */
  readonly path: `/${string}`;
  readonly access: Access;
  /** The function behind it: `functions/<entry>.ts`. */
  readonly entry: string;
}

export const ROUTES = [
  { method: 'GET', path: '/openapi.json', access: 'open', entry: 'specification/show-document' },
  { method: 'GET', path: '/docs', access: 'open', entry: 'specification/show-page' },
  { method: 'GET', path: '/o/applications', access: 'open-registration', entry: 'applications/list-applications' },
  { method: 'GET', path: '/o/applications/register', access: 'open-registration', entry: 'applications/show-registration' },
  { method: 'POST', path: '/o/applications/register', access: 'open-registration', entry: 'applications/register-application' },
  { method: 'POST', path: '/o/token', access: 'open', entry: 'applications/grant-token' },
  { method: 'POST', path: '/authentication/register', access: 'open', entry: 'authentication/register-user' },
  { method: 'POST', path: '/authentication/token', access: 'open', entry: 'authentication/issue-token' },
  { method: 'POST', path: '/authentication/token/refresh', access: 'open', entry: 'authentication/refresh-token' },
  { method: 'POST', path: '/authentication/token/revoke', access: 'open', entry: 'authentication/revoke-token' },
  { method: 'POST', path: '/get_user', access: 'bearer', entry: 'authentication/describe-user' },
  { method: 'POST', path: '/reconciliation', access: 'bearer', entry: 'reconciliation/submit-statement' },
  { method: 'POST', path: '/reconciliation/uploads', access: 'bearer', entry: 'reconciliation/request-upload' },
  { method: 'POST', path: '/update_reconciliation/{id}', access: 'bearer', entry: 'reconciliation/validate-tache' },
  { method: 'PUT', path: '/update_reconciliation/{id}', access: 'bearer', entry: 'reconciliation/validate-tache' },
  { method: 'POST', path: '/cinetpay', access: 'bearer', entry: 'ledger/receive-transactions' },
  { method: 'GET', path: '/operateurs', access: 'open', entry: 'operators/list-operators' },
  { method: 'GET', path: '/operateurs/{id}', access: 'open', entry: 'operators/get-operator' },
  { method: 'GET', path: '/operateurs/{id}/profil', access: 'bearer', entry: 'operators/get-operator-profile' },
  { method: 'POST', path: '/operateurs', access: 'bearer', entry: 'operators/add-operator' },
  { method: 'PUT', path: '/operateurs/{id}', access: 'bearer', entry: 'operators/replace-operator' },
  { method: 'PATCH', path: '/operateurs/{id}', access: 'bearer', entry: 'operators/change-operator' },
  { method: 'DELETE', path: '/operateurs/{id}', access: 'bearer', entry: 'operators/remove-operator' },
  { method: 'GET', path: '/profiles', access: 'open-reads', entry: 'profiles/list-profiles' },
  { method: 'GET', path: '/profiles/{id}', access: 'open-reads', entry: 'profiles/get-profile' },
  { method: 'POST', path: '/profiles', access: 'bearer', entry: 'profiles/add-profile' },
  { method: 'PUT', path: '/profiles/{id}', access: 'bearer', entry: 'profiles/change-profile' },
  { method: 'PATCH', path: '/profiles/{id}', access: 'bearer', entry: 'profiles/change-profile' },
  { method: 'GET', path: '/profiles/{id}/avis', access: 'bearer', entry: 'notices/get-choices' },
  { method: 'PUT', path: '/profiles/{id}/avis', access: 'bearer', entry: 'notices/change-choices' },
  { method: 'GET', path: '/roles', access: 'bearer', entry: 'roles/list-roles' },
  { method: 'POST', path: '/roles', access: 'bearer', entry: 'roles/add-role' },
  { method: 'PUT', path: '/roles/{id}', access: 'bearer', entry: 'roles/replace-role' },
  { method: 'PATCH', path: '/roles/{id}', access: 'bearer', entry: 'roles/change-role' },
  { method: 'DELETE', path: '/roles/{id}', access: 'bearer', entry: 'roles/remove-role' },
  { method: 'GET', path: '/taches', access: 'open-reads', entry: 'taches/list-taches' },
  { method: 'GET', path: '/taches/{id}', access: 'open-reads', entry: 'taches/get-tache' },
  { method: 'GET', path: '/taches/{id}/journal', access: 'open-reads', entry: 'taches/get-journal' },
  { method: 'POST', path: '/taches/{id}/ecarts/{ligne}', access: 'bearer', entry: 'taches/work-by-hand' },
  { method: 'GET', path: '/taches/{id}/avis', access: 'bearer', entry: 'notices/list-deliveries' },
  { method: 'POST', path: '/taches/{id}/avis/renvoyer', access: 'bearer', entry: 'notices/resend-deliveries' },
  { method: 'GET', path: '/taches/{id}/export', access: 'open-reads', entry: 'taches/export-tache' },
  { method: 'GET', path: '/ecarts', access: 'open-reads', entry: 'open-items/list-open-items' },
  { method: 'GET', path: '/ecarts/balance', access: 'open-reads', entry: 'open-items/show-balance' },
  { method: 'GET', path: '/details_taches/{id}', access: 'open-reads', entry: 'taches/get-tache-details' },
] as const satisfies readonly Route[];

/** The function that answers whether a caller's token is good. */
export const AUTHORIZER_ENTRY = 'authorization/authorize-request';

export type RouteEntry = (typeof ROUTES)[number]['entry'];
