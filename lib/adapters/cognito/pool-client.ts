import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';

/** One client for a whole function: connections stay open between invocations. */
export const cognito = new CognitoIdentityProviderClient({ maxAttempts: 5 });
