/** The services that functions reach through the SDK, with the end of `AWS_ENDPOINT_URL_<…>`; `mail` is SES and `sms` is SNS. */
const SUFFIX = { dynamodb: 'DYNAMODB', sqs: 'SQS', s3: 'S3', cognito: 'COGNITO_IDENTITY_PROVIDER', mail: 'SESV2', sms: 'SNS' } as const;

export type LocalService = keyof typeof SUFFIX;

export const SERVICES = ['dynamodb', 'sqs', 's3', 'cognito', 'mail', 'sms'] as const satisfies readonly LocalService[];

/** Base addresses, without a final `/`. */
export type Endpoints = Readonly<Record<LocalService, string>>;

/** The address that the caller's own environment gives for a service: then nothing is started for it here. */
export function givenEndpoint(service: LocalService): string | undefined {
  return process.env[`AWS_ENDPOINT_URL_${SUFFIX[service]}`]?.replace(/\/+$/, '') || undefined;
}

/** What an SDK client needs to work with these addresses. */
export function clientEnvironment(endpoints: Endpoints, region: string): Readonly<Record<string, string>> {
  const { accessKeyId, secretAccessKey, sessionToken } = clientCredentials();
  const addresses = SERVICES.map((service) => [`AWS_ENDPOINT_URL_${SUFFIX[service]}`, endpoints[service]] as const);
  return {
    AWS_REGION: region,
    AWS_DEFAULT_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    ...(sessionToken === undefined ? {} : { AWS_SESSION_TOKEN: sessionToken }),
    ...Object.fromEntries(addresses),
  };
}

export interface ClientCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** Made-up credentials; the caller's own where a service is the caller's own too. */
export function clientCredentials(): ClientCredentials {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, AWS_SESSION_TOKEN: sessionToken } = process.env;
  const external = SERVICES.some((service) => givenEndpoint(service) !== undefined);
  if (!external || accessKeyId === undefined || secretAccessKey === undefined) return { accessKeyId: 'local', secretAccessKey: 'local' };
  return { accessKeyId, secretAccessKey, ...(sessionToken === undefined ? {} : { sessionToken }) };
}
