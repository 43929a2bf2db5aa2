/**
 * Where an address of Cognito is reached that the SDK does not call: the keys, the token endpoint. The SDK's own endpoint variable holds for them too,
 * so that whatever stands in for Cognito stands in for all of it.
 */
export function serviceAddress(address: string): URL {
  const endpoint = givenEndpoint();
  return endpoint === undefined ? new URL(address) : new URL(new URL(address).pathname, endpoint);
}

/** The endpoint that the SDK was told to use. */
function givenEndpoint(): string | undefined {
  return process.env['AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER'];
}
