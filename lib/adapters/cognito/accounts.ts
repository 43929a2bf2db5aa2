import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminRemoveUserFromGroupCommand,
  InvalidParameterException,
  UserNotFoundException,
  UsernameExistsException,
} from '@aws-sdk/client-cognito-identity-provider';
import { GROUPS } from '../../core/user.ts';
import type { Accounts } from '../../ports.ts';
import { cognito } from './pool-client.ts';

/** The accounts of a user pool. */
export function cognitoAccounts(userPoolId: string): Accounts {
  return {
    async find(username) {
      try {
        const { Username } = await cognito.send(new AdminGetUserCommand({ UserPoolId: userPoolId, Username: username }));
        return Username;
      } catch (error) {
        // A name that the pool does not allow is nobody's.
        if (error instanceof UserNotFoundException || error instanceof InvalidParameterException) return undefined;
        throw error;
      }
    },

    async invite(username, email) {
      try {
        const { User } = await cognito.send(
          new AdminCreateUserCommand({
            UserPoolId: userPoolId,
            Username: username,
            DesiredDeliveryMediums: ['EMAIL'],
            UserAttributes: [
              { Name: 'email', Value: email },
              { Name: 'email_verified', Value: 'true' },
            ],
          }),
        );
        return { username: User?.Username ?? username };
      } catch (error) {
        if (error instanceof UsernameExistsException) return { username };
        if (error instanceof InvalidParameterException) return 'username-invalid';
        throw error;
      }
    },

    /** The new group first: nobody is left in none when the work stops half way. */
    async putInGroup(username, group) {
      await cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: userPoolId, Username: username, GroupName: group }));
      for (const other of GROUPS.filter((name) => name !== group)) {
        await cognito.send(new AdminRemoveUserFromGroupCommand({ UserPoolId: userPoolId, Username: username, GroupName: other }));
      }
    },
  };
}
