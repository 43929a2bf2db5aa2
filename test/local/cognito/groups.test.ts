import {
  AdminAddUserToGroupCommand,
  AdminListGroupsForUserCommand,
  AdminRemoveUserFromGroupCommand,
  CreateGroupCommand,
  ListGroupsCommand,
  ListUsersInGroupCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { decodeJwt } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectRefusal, POOL, registered, signedIn, startTestPool, type TestPool } from './test-pool.ts';

let pool: TestPool;
beforeAll(async () => {
  pool = await startTestPool();
  for (const [precedence, name] of ['administrateur', 'superviseur', 'agent'].entries()) await pool.server.createGroup(POOL, name, { precedence });
  await registered(pool, 'awa');
});
afterAll(() => pool.end());

const add = (Username: string, GroupName: string) => pool.cognito.send(new AdminAddUserToGroupCommand({ UserPoolId: POOL, Username, GroupName }));
const take = (Username: string, GroupName: string) => pool.cognito.send(new AdminRemoveUserFromGroupCommand({ UserPoolId: POOL, Username, GroupName }));
const groupsOf = async (Username: string) => (await pool.cognito.send(new AdminListGroupsForUserCommand({ UserPoolId: POOL, Username }))).Groups?.map((group) => group.GroupName);
const members = async (GroupName: string) => (await pool.cognito.send(new ListUsersInGroupCommand({ UserPoolId: POOL, GroupName }))).Users?.map((user) => user.Username);

describe('groups', () => {
  it('are made once, from the settings of the pool or by an administrator', async () => {
    await pool.cognito.send(new CreateGroupCommand({ UserPoolId: POOL, GroupName: 'lecteur', Description: 'Lit', Precedence: 9 }));
    await expectRefusal(pool.cognito.send(new CreateGroupCommand({ UserPoolId: POOL, GroupName: 'lecteur' })), 'GroupExistsException');
    await pool.server.createGroup(POOL, 'agent', { precedence: 2 });
    const { Groups } = await pool.cognito.send(new ListGroupsCommand({ UserPoolId: POOL }));
    expect(Groups?.map(({ GroupName, Precedence }) => [GroupName, Precedence])).toEqual([
      ['administrateur', 0],
      ['agent', 2],
      ['lecteur', 9],
      ['superviseur', 1],
    ]);
  });

  it('take users in and let them out, once or twice alike', async () => {
    await add('awa', 'agent');
    await add('awa', 'agent');
    await add('awa', 'superviseur');
    expect(await groupsOf('awa')).toEqual(['agent', 'superviseur']);
    expect(await members('agent')).toEqual(['awa']);
    await take('awa', 'agent');
    await take('awa', 'agent');
    expect(await groupsOf('awa')).toEqual(['superviseur']);
    expect(await members('agent')).toEqual([]);
  });

  it('stand in the tokens from the next sign-in on', async () => {
    await registered(pool, 'binta');
    expect(decodeJwt((await signedIn(pool, 'binta')).AccessToken)['cognito:groups']).toBeUndefined();
    await add('binta', 'agent');
    const { AccessToken, IdToken } = await signedIn(pool, 'binta');
    expect([decodeJwt(AccessToken)['cognito:groups'], decodeJwt(IdToken)['cognito:groups']]).toEqual([['agent'], ['agent']]);
  });

  it('must be there, and so must the user', async () => {
    await expectRefusal(add('awa', 'nothing'), 'ResourceNotFoundException', 'Group not found.');
    await expectRefusal(add('nobody', 'agent'), 'UserNotFoundException');
    await expectRefusal(members('nothing'), 'ResourceNotFoundException');
  });

  it('come in pages', async () => {
    const first = await pool.cognito.send(new ListGroupsCommand({ UserPoolId: POOL, Limit: 2 }));
    const second = await pool.cognito.send(new ListGroupsCommand({ UserPoolId: POOL, Limit: 60, NextToken: first.NextToken }));
    expect([...(first.Groups ?? []), ...(second.Groups ?? [])].map((group) => group.GroupName)).toEqual(['administrateur', 'agent', 'lecteur', 'superviseur']);
    expect(second.NextToken).toBeUndefined();
  });
});
