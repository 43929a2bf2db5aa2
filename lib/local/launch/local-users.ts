import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminSetUserPasswordCommand,
  type CognitoIdentityProviderClient,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { GROUPS } from '../../core/user.ts';

/** Somebody who can sign in on this machine. The password is no secret: the machine answers on loopback only. */
export interface LocalUser {
  readonly username: string;
  readonly password: string;
  readonly groupe: string;
}

const LOCAL_USERS: readonly LocalUser[] = GROUPS.map((groupe) => ({ username: `${groupe}-local`, password: `motdepasse#1-${groupe}`, groupe }));

/** Makes one user a group as an administrator would. Making them again changes nothing. */
export async function makeLocalUsers(client: CognitoIdentityProviderClient, userPoolId: string): Promise<readonly LocalUser[]> {
  for (const { username, password, groupe } of LOCAL_USERS) {
    await createUser(client, userPoolId, username);
    await client.send(new AdminSetUserPasswordCommand({ UserPoolId: userPoolId, Username: username, Password: password, Permanent: true }));
    await client.send(new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: username, GroupName: groupe }));
  }
  return LOCAL_USERS;
}

async function createUser(client: CognitoIdentityProviderClient, userPoolId: string, username: string): Promise<void> {
  try {
    await client.send(new AdminCreateUserCommand({ UserPoolId: userPoolId, Username: username, MessageAction: 'SUPPRESS' }));
  } catch (error) {
    if (!(error instanceof UsernameExistsException)) throw error;
  }
}
