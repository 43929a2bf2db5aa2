import * as z from 'zod';
import type { LocalServices } from '../local-services.ts';
import { type DeclaredResource, givenName, type ResourceType, readProperties, templateNumber, withoutLocalMeaning } from '../template/declared-resource.ts';
import { withoutAbsent } from './pool-resource.ts';

const Group = z.strictObject({
  UserPoolId: z.string(),
  GroupName: z.string(),
  Description: z.string().optional(),
  Precedence: templateNumber.optional(),
  RoleArn: withoutLocalMeaning,
});

export const userPoolGroup: ResourceType<LocalServices> = {
  physicalId: (resource) => required(resource, 'GroupName'),
  attributes: {},
  async provision(resource, { userPools }) {
    const group = readProperties(Group, resource);
    await userPools.createGroup(group.UserPoolId, group.GroupName, withoutAbsent({ description: group.Description, precedence: group.Precedence }));
  },
};

const ResourceServer = z.strictObject({
  UserPoolId: z.string(),
  Identifier: z.string(),
  Name: z.string(),
  Scopes: z.array(z.strictObject({ ScopeName: z.string(), ScopeDescription: z.string() })).default([]),
});

export const userPoolResourceServer: ResourceType<LocalServices> = {
  physicalId: (resource) => required(resource, 'Identifier'),
  attributes: {},
  async provision(resource, { userPools }) {
    const { UserPoolId, Identifier, Name, Scopes } = readProperties(ResourceServer, resource);
    const scopes = Scopes.map(({ ScopeName, ScopeDescription }) => ({ name: ScopeName, description: ScopeDescription }));
    await userPools.createResourceServer(UserPoolId, { identifier: Identifier, name: Name, scopes });
  },
};

const Domain = z.strictObject({ UserPoolId: z.string(), Domain: z.string(), ManagedLoginVersion: withoutLocalMeaning });

/** The token address of a pool. Here it is the pool service itself, whatever the domain is called. */
export const userPoolDomain: ResourceType<LocalServices> = {
  physicalId: (resource) => required(resource, 'Domain'),
  attributes: {},
  provision: (resource) => {
    readProperties(Domain, resource);
  },
};

function required(resource: DeclaredResource, property: string): string {
  const name = givenName(resource, property);
  if (name === undefined) throw new Error(`${resource.type} ${resource.logicalId} needs a ${property}`);
  return name;
}
