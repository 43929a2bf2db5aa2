/** Names of the environment variables that the stack sets and the functions read: written once, for both. */
export const ENVIRONMENT = {
  registryTable: 'REGISTRY_TABLE',
  ledgerTable: 'LEDGER_TABLE',
  bucket: 'STATEMENTS_BUCKET',
  dropsQueueUrl: 'DROPS_QUEUE_URL',
  matchingQueueUrl: 'MATCHING_QUEUE_URL',
  ledgerQueueUrl: 'LEDGER_QUEUE_URL',
  validationQueueUrl: 'VALIDATION_QUEUE_URL',
  exportQueueUrl: 'EXPORT_QUEUE_URL',
  retryQueueUrl: 'RETRY_QUEUE_URL',
  noticeQueueUrl: 'NOTICE_QUEUE_URL',
  /** By what people are told, as JSON. */
  noticeChannels: 'NOTICE_CHANNELS',
  /** How long details are kept. */
  detailDays: 'DETAIL_DAYS',
  userPoolId: 'USER_POOL_ID',
  userPoolClientId: 'USER_POOL_CLIENT_ID',
  /** Address of `/oauth2/token` at the pool's domain. */
  tokenEndpoint: 'TOKEN_ENDPOINT',
  /** The group that whoever registers is put in, or `aucun`. */
  selfRegisteredGroup: 'SELF_REGISTERED_GROUP',
  /** What is asked of those who validate, as JSON. */
  validationRules: 'VALIDATION_RULES',
} as const;

export type Setting = keyof typeof ENVIRONMENT;

/**
 * Reads the settings that a function needs.
 * @throws Error naming every missing variable at once.
 */
export function readEnvironment<S extends Setting>(settings: readonly S[], source: Readonly<Record<string, string | undefined>> = process.env): Readonly<Record<S, string>> {
  const found = settings.map((setting) => [setting, source[ENVIRONMENT[setting]] ?? ''] as const);
  const missing = found.filter(([, value]) => value === '').map(([setting]) => ENVIRONMENT[setting]);
  if (missing.length > 0) throw new Error(`missing environment variables: ${missing.join(', ')}`);
  return Object.fromEntries(found) as Record<S, string>;
}
