import { CLIENT_OPERATIONS } from './client-operations.ts';
import { CognitoError } from './cognito-error.ts';
import type { Directory } from './directory.ts';
import { GROUP_OPERATIONS } from './group-operations.ts';
import { POOL_OPERATIONS } from './pool-operations.ts';
import { SIGN_IN_OPERATIONS } from './sign-in-operations.ts';
import { SIGN_UP_OPERATIONS } from './sign-up-operations.ts';
import { TOKEN_OPERATIONS } from './token-operations.ts';
import { USER_ADMIN_OPERATIONS } from './user-admin-operations.ts';
import { USER_LIST_OPERATIONS } from './user-list-operations.ts';

const OPERATIONS = new Map(
  [
    ...SIGN_UP_OPERATIONS,
    ...SIGN_IN_OPERATIONS,
    ...TOKEN_OPERATIONS,
    ...USER_ADMIN_OPERATIONS,
    ...USER_LIST_OPERATIONS,
    ...GROUP_OPERATIONS,
    ...CLIENT_OPERATIONS,
    ...POOL_OPERATIONS,
  ].map((operation) => [`AWSCognitoIdentityProviderService.${operation.name}`, operation]),
);

/** An answer of the aws-json-1.1 protocol. */
export interface JsonAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: object;
}

/** Does what the `X-Amz-Target` header names. Never throws: errors are answers. */
export async function performJson(directory: Directory, target: string | undefined, body: string): Promise<JsonAnswer> {
  try {
    const operation = OPERATIONS.get(target ?? '');
    if (operation === undefined) throw new CognitoError('UnknownOperationException', `This local user pool does not implement ${target}`);
    return { status: 200, headers: {}, body: await operation.perform(directory, body) };
  } catch (error) {
    const { type, status, message } = error instanceof CognitoError ? error : defect(error);
    return { status, headers: { 'x-amzn-errortype': `${type}:`, 'x-amzn-errormessage': message.replace(/[^\x20-\x7e]/g, ' ') }, body: { __type: type, message } };
  }
}

function defect(error: unknown): CognitoError {
  console.error('local Cognito: defect', error);
  return new CognitoError('InternalErrorException', 'Something went wrong', 500);
}
