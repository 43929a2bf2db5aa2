import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { SHORT_ANSWERS } from '../time-limits.ts';

/** One client for a whole function: connections stay open between invocations. */
export const cognito = new CognitoIdentityProviderClient({ maxAttempts: 5, requestHandler: SHORT_ANSWERS });
